using System.Text.RegularExpressions;
using McpRuntime.Diagnostics;
using McpRuntime.Testing;

namespace McpRuntime.Core.Tests.Architecture;

/// <summary>A number before a noun is written by <see cref="CountText"/>: "1 tool", not "1 tools".</summary>
public sealed partial class CountedNounTests
{
    [Fact]
    public void No_message_has_a_plural_after_a_count()
    {
        var files = Directory
            .EnumerateFiles(RepositoryRoot.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .ToList();
        Assert.True(files.Count > 500, $"Only {files.Count} sources were found in src.");
        Assert.Empty(
            files.SelectMany(file =>
                Plural()
                    .Matches(File.ReadAllText(file))
                    .Select(match => $"{Path.GetRelativePath(RepositoryRoot.Path, file)}: {match.Value}")
            )
        );
    }

    [Theory]
    [InlineData("{tools.Count} tools", true)]
    [InlineData("{errors.Count - 1} more errors", true)]
    [InlineData("{Number(tags.Count)} tags", true)]
    [InlineData("{snapshot.ToolCount} tools", true)]
    [InlineData("{files.Count} is too many", false)]
    [InlineData("{CountText.Of(tools.Count, \"tool\")} of the tools", false)]
    public void A_plural_after_a_count_is_found(string message, bool isFound) =>
        Assert.Equal(isFound, Plural().IsMatch(message));

    // A count in an interpolation, a word before the noun perhaps, and the noun.
    [GeneratedRegex("""\{[^{}"]*(?<!Max)(Count|Length)(\(\))?\)?( - \w+)?\} ([a-z]+ )?(?!(is|was|has)\b)[a-z]+s\b""")]
    private static partial Regex Plural();
}
