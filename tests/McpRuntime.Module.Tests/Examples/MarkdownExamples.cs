using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Examples;

/// <summary>The fenced code blocks of README, docs and samples.</summary>
internal static class MarkdownExamples
{
    private const string Fence = "```";

    /// <summary>
    /// The files, by their path from the root of the repository. Those of the reference have the examples of the help,
    /// which are run from there.
    /// </summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. new[] { "README.md" }.Concat(
            new[] { "docs", "samples" }.SelectMany(folder =>
                Directory
                    .EnumerateFiles(RepositoryRoot.PathOf(folder), "*.md", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
                    .Where(file => !file.StartsWith("docs/reference/", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
            )
        ),
    ];

    /// <summary>The blocks of a language in a file, in their order.</summary>
    public static IReadOnlyList<Example> Of(string file, string language) =>
        [.. Blocks(file).Where(block => block.Language == language).Select(block => block.Example)];

    /// <summary>
    /// Every block with the language that its fence names, also within the steps of a list; empty for code that is only
    /// indented.
    /// </summary>
    public static IEnumerable<(string Language, Example Example)> Blocks(string file)
    {
        var lines = File.ReadAllLines(RepositoryRoot.PathOf(file.Split('/')));
        for (var i = 0; i < lines.Length; i++)
        {
            var indent = lines[i].Length - lines[i].TrimStart(' ').Length;
            if (indent < 4 && lines[i][indent..].StartsWith(Fence, StringComparison.Ordinal))
            {
                var end = Array.FindIndex(lines, i + 1, line =>
                    line.TrimStart(' ').StartsWith(Fence, StringComparison.Ordinal)
                );
                var code = lines[(i + 1)..end].Select(line => line[Math.Min(indent, line.Length)..]);
                yield return (
                    lines[i][(indent + Fence.Length)..],
                    new Example($"{file}:{i + 2}", string.Join('\n', code))
                );
                i = end;
            }
            else if (lines[i].StartsWith("    ", StringComparison.Ordinal) && (i == 0 || lines[i - 1].Length == 0))
            {
                yield return ("", new Example($"{file}:{i + 1}", lines[i]));
            }
        }
    }
}
