using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Docs.Tests;

/// <summary>Links between files of the repository lead to a file, and to a heading or anchor in it.</summary>
public partial class LinkTests
{
    private static readonly string[] Folders = ["docs", "deploy", "samples", "benchmarks"];

    public static TheoryData<string> Files =>
        [
            .. Directory
                .EnumerateFiles(RepositoryRoot.Path, "*.md")
                .Concat(
                    Folders.SelectMany(folder =>
                        Directory.EnumerateFiles(RepositoryRoot.PathOf(folder), "*.md", SearchOption.AllDirectories)
                    )
                )
                .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Links_lead_somewhere(string path)
    {
        var file = RepositoryRoot.PathOf(path.Split('/'));
        var broken = Link()
            .Matches(WithoutCode(File.ReadAllText(file)))
            .Select(match => match.Groups["to"].Value)
            .Where(to =>
                !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith("mailto:", StringComparison.Ordinal)
            )
            .Where(to => !Exists(file, to));
        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("Answers that are used again", "answers-that-are-used-again")]
    [InlineData("`mcp-runtime call`: a tool, once", "mcp-runtime-call-a-tool-once")]
    public void Headings_have_the_anchors_of_GitHub(string heading, string anchor) =>
        Assert.Equal(anchor, Anchor(heading));

    private static bool Exists(string file, string to)
    {
        var parts = to.Split('#', 2);
        var target =
            parts[0].Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, parts[0]));
        if (parts.Length == 1 || !target.EndsWith(".md", StringComparison.Ordinal))
            return File.Exists(target) || Directory.Exists(target);
        return File.Exists(target) && Anchors(File.ReadAllText(target)).Contains(parts[1]);
    }

    private static HashSet<string> Anchors(string text)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match heading in Heading().Matches(Blocks().Replace(text, "")))
        {
            var anchor = Anchor(heading.Groups[1].Value);
            for (var repeated = 0; !anchors.Add(repeated == 0 ? anchor : $"{anchor}-{repeated}"); )
                repeated++;
        }
        anchors.UnionWith(Named().Matches(text).Select(match => match.Groups[1].Value));
        return anchors;
    }

    private static string Anchor(string heading) =>
        Dropped().Replace(LinkText().Replace(heading, "$1").Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string WithoutCode(string text) => Inline().Replace(Blocks().Replace(text, ""), "");

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("<a id=\"([^\"]+)\">")]
    private static partial Regex Named();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"`[^`\n]+`(?!\])")]
    private static partial Regex Inline();
}
