using System.Buffers;
using System.Globalization;
using System.Text;

namespace McpRuntime.Diagnostics;

/// <summary>
/// Hygiene for text that someone else wrote: names and descriptions of documents and manifests, messages of
/// upstreams. What a user or a model is shown must be what is there: no terminal control, no invisible or
/// reordering characters that hide text from the one and show it to the other.
/// The bodies of answers are data and stay exact; they do not pass here.
/// </summary>
public static class UntrustedText
{
    // Neither hidden nor a control; most text has nothing else.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\n\r\t"
    );

    /// <summary>One line: all white space runs become one space, everything unseen is dropped, ends trimmed.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (IsPlainLine(text))
            return text;
        var visible = DropUnseen(text);
        var line = new StringBuilder(visible.Length);
        foreach (var c in visible)
        {
            if (!char.IsWhiteSpace(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }
        return line.ToString().TrimEnd();
    }

    /// <summary>
    /// A description: line breaks (as LF), indentation and Markdown stay; HTML comments go too, because no person
    /// who reads the rendered text sees them but a model does.
    /// </summary>
    public static string CleanMultiline(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var visible = DropUnseen(DropHtmlComments(text));
        if (!visible.Contains('\r', StringComparison.Ordinal) && !visible.Contains(" \n", StringComparison.Ordinal))
            return visible.Trim();
        var lines = visible.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
            lines[i] = lines[i].TrimEnd();
        return string.Join('\n', lines).Trim();
    }

    /// <summary>True where <see cref="CleanMultiline"/> would do no more than trim.</summary>
    internal static bool IsCleanMultiline(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept(Plain) < 0 && !text.Contains('\r') && text.IndexOf(" \n") < 0 && text.IndexOf("<!--") < 0;

    /// <summary>
    /// For a terminal or a log: control and invisible characters that are left are shown as <c>\u{…}</c>.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="keepLines">Line feeds and tabs stay; otherwise they are shown as <c>\n</c> and <c>\t</c>.</param>
    public static string ForTerminal(string? text, bool keepLines = false)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        StringBuilder? escaped = null;
        var done = 0;
        for (var i = 0; i < text.Length; )
        {
            var isRune = Rune.TryGetRuneAt(text, i, out var rune);
            var length = isRune ? rune.Utf16SequenceLength : 1;
            var replacement = !isRune ? "\\u{FFFD}" : Escape(rune, keepLines);
            if (replacement is not null)
            {
                escaped ??= new StringBuilder(text.Length + 16);
                escaped.Append(text, done, i - done).Append(replacement);
                done = i + length;
            }
            i += length;
        }
        return escaped is null ? text : escaped.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>
    /// At most <paramref name="maxLength"/> UTF-16 code units, cut between characters and marked with <c>…</c>.
    /// </summary>
    public static string Shorten(string text, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        if (text.Length <= maxLength)
            return text;
        var end = maxLength - 1;
        if (end > 0 && char.IsHighSurrogate(text[end - 1]))
            end--;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    /// <summary>A control (C0, U+007F, C1), or a character that a reader does not see.</summary>
    public static bool IsHidden(Rune rune) => Rune.IsControl(rune) || IsUnseen(rune);

    private static string? Escape(Rune rune, bool keepLines) =>
        rune.Value switch
        {
            '\n' => keepLines ? null : "\\n",
            '\t' => keepLines ? null : "\\t",
            '\r' => "\\r",
            _ when IsHidden(rune) => string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}"),
            _ => null,
        };

    private static bool IsPlainLine(string text)
    {
        if (text[0] == ' ' || text[^1] == ' ')
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '~' || (text[i] == ' ' && text[i + 1] == ' '))
                return false;
        }
        return true;
    }

    private static string DropUnseen(string text)
    {
        var first = text.AsSpan().IndexOfAnyExcept(Plain);
        if (first < 0)
            return text;
        var seen = new StringBuilder(text.Length).Append(text, 0, first);
        for (var i = first; i < text.Length; )
        {
            var plain = text.AsSpan(i).IndexOfAnyExcept(Plain);
            if (plain != 0)
            {
                var length = plain < 0 ? text.Length - i : plain;
                seen.Append(text, i, length);
                i += length;
                continue;
            }
            if (text[i] is '\u001b' or '\u009b' or '\u009d' or '\u0090')
            {
                i = TerminalSequence.End(text, i);
                continue;
            }
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                seen.Append('\uFFFD');
                i++;
                continue;
            }
            if (rune.Value is '\n' or '\r' or '\t' || !IsHidden(rune))
                seen.Append(text, i, rune.Utf16SequenceLength);
            i += rune.Utf16SequenceLength;
        }
        return seen.ToString();
    }

    private static string DropHtmlComments(string text)
    {
        var open = text.IndexOf("<!--", StringComparison.Ordinal);
        if (open < 0)
            return text;
        var kept = new StringBuilder(text.Length);
        var position = 0;
        while (open >= 0)
        {
            kept.Append(text, position, open - position);
            var close = text.IndexOf("-->", open + 4, StringComparison.Ordinal);
            // A comment that never ends hides all the rest from a reader.
            position = close < 0 ? text.Length : close + 3;
            open = text.IndexOf("<!--", position, StringComparison.Ordinal);
        }
        return kept.Append(text, position, text.Length - position).ToString();
    }

    // Unicode's Default_Ignorable characters that change nothing a reader sees, the bidirectional controls
    // (CVE-2021-42574) and the tag block, which smuggles ASCII past a reader to a model. ZWNJ and ZWJ (200C, 200D)
    // and the variation selector FE0F carry meaning in Persian, Indic scripts and emoji only together with their
    // neighbours; dropping them alters the look of few and the sense of none.
    private static bool IsUnseen(Rune rune) =>
        rune.Value
            is 0x00AD
                or 0x034F
                or 0x061C
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or (>= 0x200B and <= 0x200F)
                or 0x2028
                or 0x2029
                or (>= 0x202A and <= 0x202E)
                or (>= 0x2060 and <= 0x206F)
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFEFF
                or 0xFFA0
                or (>= 0xFFF0 and <= 0xFFFB)
                or (>= 0x1BCA0 and <= 0x1BCA3)
                or (>= 0x1D173 and <= 0x1D17A)
                or (>= 0xE0000 and <= 0xE0FFF);
}
