using System.Reflection;
using System.Text.RegularExpressions;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Validation;

public partial class RulesDocumentTests
{
    [Fact]
    public void Every_rule_is_documented_once_and_every_documented_rule_exists()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "rules.md"));
        var documented = Row().Matches(text).Select(match => match.Groups["id"].Value).ToList();
        Assert.Equal(documented.Distinct(), documented);

        var own = Ids(typeof(DocumentRules)).Concat(Ids(typeof(ManifestRules))).Concat(Ids(typeof(ValidationRules))).ToList();
        Assert.Empty(own.Except(documented));
        var all = typeof(DocumentRules).Assembly.GetTypes().Where(type => type.Name.EndsWith("Rules", StringComparison.Ordinal));
        Assert.Empty(documented.Except(all.SelectMany(Ids)));
    }

    [Fact]
    public void Rule_ids_are_unique_and_in_kebab_case()
    {
        var ids = Ids(typeof(DocumentRules)).Concat(Ids(typeof(ManifestRules))).Concat(Ids(typeof(ValidationRules))).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^[a-z]+(-[a-z]+)*$", id));
    }

    private static IEnumerable<string> Ids(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string) && !field.IsPrivate)
            .Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex(@"^\| `(?<id>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
