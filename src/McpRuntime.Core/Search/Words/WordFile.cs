using System.Reflection;

namespace McpRuntime.Search.Words;

/// <summary>
/// The lists of words that are part of this assembly (Search/Data). Lines that begin with # are comments.
/// </summary>
internal static class WordFile
{
    /// <param name="name">File name, such as <c>verbs.txt</c>.</param>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"McpRuntime.Search.{name}")
            ?? throw new InvalidOperationException($"The list of words '{name}' is not part of this build.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return line;
        }
    }

    /// <summary>Splits a line at the first <paramref name="mark"/>.</summary>
    public static (string Left, string Right) Halves(string line, char mark)
    {
        var at = line.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (line, "") : (line[..at].Trim(), line[(at + 1)..].Trim());
    }

    /// <summary>The entries between commas.</summary>
    public static string[] Entries(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
