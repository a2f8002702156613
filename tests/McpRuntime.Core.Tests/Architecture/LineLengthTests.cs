using McpRuntime.Testing;

namespace McpRuntime.Core.Tests.Architecture;

/// <summary>Lines of the sources fit into 120 columns, as <c>.editorconfig</c> says.</summary>
public sealed class LineLengthTests
{
    private const int Columns = 120;

    // Word lists and tables of data have one entry a line, and an attribute of a project file has no line breaks.
    private static readonly string[] Written = [".cs", ".html", ".js", ".mjs", ".ts", ".tsx", ".css", ".ps1", ".psm1"];

    // What the page's sources are bundled into is committed, and not written by hand.
    private static readonly string[] Generated = ["obj", "bin", "dist", "node_modules"];

    [Fact]
    public void No_line_of_a_source_is_longer()
    {
        var files = Sources().ToList();
        Assert.True(files.Count > 500, $"Only {files.Count} sources were found in src.");
        Assert.Empty(files.SelectMany(LongLines));
    }

    private static IEnumerable<string> Sources() =>
        Directory
            .EnumerateFiles(RepositoryRoot.PathOf("src"), "*", SearchOption.AllDirectories)
            .Where(file => Written.Contains(Path.GetExtension(file)) && !IsBuilt(file));

    private static bool IsBuilt(string file)
    {
        var folders = file.Split(Path.DirectorySeparatorChar);
        return Generated.Any(folders.Contains);
    }

    private static IEnumerable<string> LongLines(string file) =>
        File.ReadLines(file)
            .Select((line, index) => (line.Length, Number: index + 1))
            .Where(line => line.Length > Columns)
            .Select(line => $"{Path.GetRelativePath(RepositoryRoot.Path, file)}:{line.Number}: {line.Length} columns");
}
