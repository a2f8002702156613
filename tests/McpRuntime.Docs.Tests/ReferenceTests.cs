using McpRuntime.Reference;
using McpRuntime.Testing;

namespace McpRuntime.Docs.Tests;

/// <summary>What is made from the sources says what the sources say.</summary>
public class ReferenceTests
{
    private static readonly IReadOnlyList<Page> Pages = ReferencePages.Make();

    public static TheoryData<string> Paths => [.. Pages.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_page_is_current(string path)
    {
        var file = RepositoryRoot.PathOf(path.Split('/'));
        var text = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        var made = Pages.Single(page => page.Path == path).Text;
        Assert.True(text == made, $"{path} is not what the sources say. Run: {Page.Command}\n{Difference(text, made)}");
    }

    [Fact]
    public void No_page_is_left_over()
    {
        var files = Directory
            .EnumerateFiles(RepositoryRoot.PathOf("docs", "reference"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'));
        Assert.Empty(files.Except(Pages.Select(page => page.Path)));
    }

    private static string Difference(string old, string made)
    {
        var (before, after) = (old.Split('\n'), made.Split('\n'));
        var at = before.Zip(after).TakeWhile(lines => lines.First == lines.Second).Count();
        return $"Line {at + 1} is\n{Line(before)}\ninstead of\n{Line(after)}";

        string Line(string[] lines) => at < lines.Length ? lines[at] : "(the end)";
    }
}
