using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Architecture;

/// <summary>Findings take rule ids from where they are described.</summary>
public partial class RuleIdTests
{
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

    // As the first argument of what makes a finding, followed by where or how much.
    [GeneratedRegex("""\b(Warn|Warning|Error|Inform|Finding|Report)\(\s*"[a-z]+(-[a-z]+)*",""")]
    private static partial Regex LiteralRule();
}
