using System.Text;

namespace McpRuntime.Calls.Answers.Shortening;

/// <summary>
/// Whole lines of a text. A line of more than <see cref="LongestLine"/> characters counts as several, so that every
/// text can be read to its end.
/// </summary>
internal static class ShortText
{
    public const int LongestLine = 2000;

    /// <summary>The lines of a window that fit.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Bytes as UTF-8.</param>
    /// <param name="window">Of its lines.</param>
    /// <param name="shown">Which they are; null where that is all.</param>
    public static string Of(string text, int most, ResultWindow window, out ShownPart? shown)
    {
        var result = new StringBuilder();
        int total = 0,
            count = 0,
            matches = 0,
            first = window.From,
            used = 0;
        int? next = null;
        foreach (var line in Lines(text))
        {
            var index = total++;
            if (window.Contains is { } wanted && !line.Span.Contains(wanted, StringComparison.OrdinalIgnoreCase))
                continue;
            matches++;
            if (index < window.From || next is not null)
                continue;
            var length = Encoding.UTF8.GetByteCount(line.Span);
            // One line is always shown: it is short, and whoever reads on must get ahead.
            if (count >= window.Count || (count > 0 && used + length > most))
            {
                next = index;
                continue;
            }
            if (count++ == 0)
                first = index;
            used += length;
            result.Append(line);
        }
        shown =
            count == total
                ? null
                : new ShownPart(
                    "",
                    "lines",
                    first,
                    count,
                    next,
                    total,
                    window.Contains is null ? null : matches,
                    TooLong: null
                );
        return result.ToString();
    }

    // With their line breaks.
    private static IEnumerable<ReadOnlyMemory<char>> Lines(string text)
    {
        for (var start = 0; start < text.Length; )
        {
            var rest = text.AsSpan(start, Math.Min(LongestLine, text.Length - start));
            var length = rest.IndexOf('\n') is >= 0 and var end ? end + 1 : rest.Length;
            if (start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]))
                length--;
            yield return text.AsMemory(start, length);
            start += length;
        }
    }
}
