using System.Reflection;
using System.Text.RegularExpressions;
using McpRuntime.Documents;
using McpRuntime.Locks;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.Testing;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Architecture;

/// <summary>The rule ids of Core and the tables of <c>docs/rules.md</c> are the same list.</summary>
public partial class RulesDocumentTests
{
    // Import and validation report some faults alike, by the same id.
    private static readonly string[] All =
    [
        .. new[]
        {
            typeof(DocumentRules),
            typeof(ManifestRules),
            typeof(ValidationRules),
            typeof(ImportRules),
            typeof(LockRules),
        }
            .SelectMany(Ids)
            .Distinct(),
    ];

    [Fact]
    public void Every_rule_has_one_entry_and_every_entry_is_a_rule()
    {
        var text = File.ReadAllText(RepositoryRoot.PathOf("docs", "rules.md"));
        var documented = Row().Matches(text).Select(match => match.Groups["id"].Value);
        Assert.Equal(All.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rule_ids_are_in_kebab_case() => Assert.All(All, id => Assert.Matches("^[a-z]+(-[a-z]+)*$", id));

    // An id that is written out would be in no list.
    [Fact]
    public void Findings_name_their_rule_by_its_constant()
    {
        var core = RepositoryRoot.PathOf("src", "McpRuntime.Core");
        var literal = Directory
            .EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                !file.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            )
            .SelectMany(file =>
                LiteralRule()
                    .Matches(File.ReadAllText(file))
                    .Select(match => $"{Path.GetFileName(file)}: {match.Value}")
            );
        Assert.Empty(literal);
        Assert.Matches(LiteralRule(), "findings.Warn(\n    \"a-rule\", node, text)");
    }

    private static IEnumerable<string> Ids(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string) && !field.IsPrivate)
            .Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex(@"^\| `(?<id>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    // As the first argument of what makes a finding, followed by where or how much.
    [GeneratedRegex("""\b(Warn|Warning|Error|Inform|Finding|Report)\(\s*"[a-z]+(-[a-z]+)*",""")]
    private static partial Regex LiteralRule();
}
