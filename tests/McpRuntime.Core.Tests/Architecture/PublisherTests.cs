using System.Text.RegularExpressions;
using System.Xml.Linq;
using McpRuntime.Testing;

namespace McpRuntime.Core.Tests.Architecture;

/// <summary>
/// Who publishes the project stands in <c>eng/Publisher.props</c>. Documentation writes the same; code, scripts and
/// workflows read it from there.
/// </summary>
public sealed partial class PublisherTests
{
    private static readonly string[] Documentation = [".md", ".yaml", ".yml"];
    private static readonly string[] Code =
    [
        ".cs",
        ".csproj",
        ".props",
        ".ps1",
        ".psm1",
        ".psd1",
        ".yml",
        ".json",
        ".ts",
        ".tsx",
    ];

    [Fact]
    public void Documentation_names_the_publisher_of_the_file()
    {
        var owners = Values().Select(value => Addresses().Match(value)).Where(match => match.Success).ToList();
        Assert.True(owners.Count >= 3, "Publisher.props has no addresses.");
        var known = owners.Select(match => match.Value).Distinct().ToList();

        var wrong = Files(Documentation, ".", "docs", "deploy", "samples")
            .SelectMany(file =>
                Addresses()
                    .Matches(File.ReadAllText(file))
                    .Where(match => !known.Contains(match.Value))
                    .Select(match => $"{Relative(file)}: {match.Value} is not in eng/Publisher.props")
            );

        Assert.Empty(wrong);
    }

    [Fact]
    public void Code_names_no_publisher()
    {
        var publisher = RepositoryRoot.PathOf("eng", "Publisher.props");

        var named = Files(Code, "src", "eng", ".github")
            .Where(file => file != publisher)
            .SelectMany(file =>
                Addresses()
                    .Matches(File.ReadAllText(file))
                    .Select(match => $"{Relative(file)}: {match.Value}; read it from eng/Publisher.props")
            );

        Assert.Empty(named);
    }

    private static IEnumerable<string> Values() =>
        XDocument
            .Load(RepositoryRoot.PathOf("eng", "Publisher.props"))
            .Descendants()
            .Where(element => element.Name.LocalName.StartsWith("Publisher", StringComparison.Ordinal))
            .Select(element => element.Value);

    private static IEnumerable<string> Files(string[] kinds, params string[] folders) =>
        folders
            .SelectMany(folder =>
                Directory.EnumerateFiles(
                    RepositoryRoot.PathOf(folder),
                    "*",
                    folder == "." ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories
                )
            )
            .Select(Path.GetFullPath)
            .Where(file => kinds.Contains(Path.GetExtension(file)) && !Relative(file).Split('/').Any(IsBuilt));

    private static bool IsBuilt(string folder) => folder is "bin" or "obj" or "node_modules";

    private static string Relative(string file) => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/');

    // github.com/NAME/mcp-runtime, io.github.NAME/mcp-runtime, ghcr.io/NAME
    [GeneratedRegex(@"(github\.com/|io\.github\.)[\w.-]+/mcp-runtime\b|ghcr\.io/[\w.-]+", RegexOptions.IgnoreCase)]
    private static partial Regex Addresses();
}
