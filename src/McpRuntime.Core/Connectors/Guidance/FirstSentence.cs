using McpRuntime.Diagnostics;

namespace McpRuntime.Connectors.Guidance;

/// <summary>
/// The first sentence of a description, which is Markdown or HTML of others, as one line of plain text.
/// </summary>
public static class FirstSentence
{
    // A description says what it is about at its beginning, or not at all.
    private const int Window = 2_000;

    private static readonly string[] Abbreviations = ["e.g.", "i.e.", "etc.", "vs.", "approx.", "incl.", "no.", "cf."];

    /// <param name="description">Any text.</param>
    /// <param name="most">Characters; a longer sentence is cut and marked.</param>
    public static string Of(string? description, int most)
    {
        var text = UntrustedText.CleanMultiline(
            description is { Length: > Window } ? description[..Window] : description
        );
        foreach (var line in text.Split('\n'))
        {
            var plain = UntrustedText.Clean(Plain(line.TrimStart('#', '>', '-', ' ')));
            if (line.StartsWith('#') || plain.Length == 0 || !plain.Any(char.IsLetter))
                continue;
            return UntrustedText.Shorten(plain[..End(plain)], most);
        }
        return "";
    }

    private static int End(string line)
    {
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] is '。' or '！' or '？')
                return at + 1;
            if (
                line[at] is '.' or '!' or '?'
                && at + 1 < line.Length
                && line[at + 1] == ' '
                && !EndsWithAbbreviation(line.AsSpan(0, at + 1))
            )
                return at + 1;
        }
        return line.Length;
    }

    private static bool EndsWithAbbreviation(ReadOnlySpan<char> text)
    {
        foreach (var abbreviation in Abbreviations)
        {
            if (
                text.EndsWith(abbreviation, StringComparison.OrdinalIgnoreCase)
                && (text.Length == abbreviation.Length || text[^(abbreviation.Length + 1)] is ' ' or '(')
            )
                return true;
        }
        return false;
    }

    // Without tags, emphasis, code marks, and the targets of links.
    private static string Plain(string line)
    {
        if (line.AsSpan().IndexOfAny("<[`*") < 0)
            return line;
        var plain = new System.Text.StringBuilder(line.Length);
        for (var at = 0; at < line.Length; at++)
        {
            var end = -1;
            if (line[at] == '<' && at + 1 < line.Length && (char.IsAsciiLetter(line[at + 1]) || line[at + 1] == '/'))
                end = line.IndexOf('>', at);
            else if (line[at] == ']' && at + 1 < line.Length && line[at + 1] == '(')
                end = line.IndexOf(')', at);
            if (end > 0)
            {
                at = end;
                continue;
            }
            if (line[at] is not ('[' or ']' or '`' or '*'))
                plain.Append(line[at]);
        }
        return plain.ToString();
    }
}
