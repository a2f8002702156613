using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Docs.Tests;

/// <summary>Commands of the documentation read tokens from files: all users of a machine see arguments.</summary>
public sealed partial class TokenArgumentTests
{
    private static readonly string[] Folders = ["docs", "deploy", "samples", "eng"];

    [Fact]
    public void No_command_has_a_token_in_its_arguments()
    {
        var files = Folders
            .SelectMany(folder =>
                Directory.EnumerateFiles(RepositoryRoot.PathOf(folder), "*.md", SearchOption.AllDirectories)
            )
            .Append(RepositoryRoot.PathOf("README.md"))
            .ToList();
        Assert.True(files.Count > 50, $"Only {files.Count} pages were found.");
        Assert.Empty(
            files.SelectMany(file =>
                TokenArgument()
                    .Matches(File.ReadAllText(file))
                    .Select(match => $"{Path.GetRelativePath(RepositoryRoot.Path, file)}: {match.Value}")
            )
        );
    }

    [Theory]
    [InlineData("curl -H \"Authorization: Bearer $TOKEN\" https://a.example", true)]
    [InlineData("curl --header 'X-Api-Key: abc' https://a.example", true)]
    [InlineData("curl --header=\"authorization: Bearer $TOKEN\" https://a.example", true)]
    [InlineData("curl -u me:secret https://a.example", true)]
    [InlineData("curl -H @admin.header -H 'Content-Type: application/json' https://a.example", false)]
    public void A_token_in_an_argument_is_found(string command, bool isFound) =>
        Assert.Equal(isFound, TokenArgument().IsMatch(command));

    [GeneratedRegex(
        """(-H|--header)[ =]*["']?(Authorization|[\w-]*(Key|Token))\s*:|\bcurl\b[^\n]* (-u|--user)[ =]""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex TokenArgument();
}
