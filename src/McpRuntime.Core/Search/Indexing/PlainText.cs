using System.Text;

namespace McpRuntime.Search.Indexing;

/// <summary>Takes the words out of descriptions, which are Markdown or HTML.</summary>
internal static class PlainText
{
    // Of this length a "sentence" is a paragraph.
    private const int LongestSentence = 300;

    /// <summary>The text without tags, and without the targets of links.</summary>
    public static string Of(string text, int most)
    {
        if (text.Length > most)
            text = text[..most];
        if (text.AsSpan().IndexOfAny("<[`*") < 0)
            return text;
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (
                text[at] == '<'
                && at + 1 < text.Length
                && (char.IsAsciiLetter(text[at + 1]) || text[at + 1] == '/')
                && text.IndexOf('>', at) is > 0 and var end
            )
            {
                plain.Append(' ');
                at = end;
            }
            else if (
                text[at] == ']'
                && at + 1 < text.Length
                && text[at + 1] == '('
                && text.IndexOf(')', at) is > 0 and var close
            )
            {
                at = close;
            }
            else if (text[at] is not ('[' or '`' or '*'))
            {
                plain.Append(text[at]);
            }
        }
        return plain.ToString().Trim();
    }

    /// <summary>Splits at the first full stop or line feed.</summary>
    public static (string First, string Others) FirstSentence(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var ends =
                text[at] == '\n'
                || (text[at] == '.' && at + 1 < text.Length && char.IsWhiteSpace(text[at + 1]))
                || at == LongestSentence;
            if (ends && at > 0)
                return (text[..at], text[at..].TrimStart('.', ' ', '\n'));
        }
        return (text, "");
    }
}
