using System.Buffers.Text;

namespace McpRuntime.Documents.Json;

/// <summary>
/// Escapes of half a character (<c>\ud800</c> alone) are legal JSON and stand for no text (RFC 8259 section 8.2):
/// anyone who reads them later would fail, each in its own place. They become U+FFFD, which has the same length, so
/// that no position moves.
/// </summary>
internal static class JsonSurrogates
{
    private const int EscapeLength = 6;

    /// <summary>The text itself where it has none, which one search tells.</summary>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> json)
    {
        byte[]? copy = null;
        var text = json.Span;
        var first = text.IndexOf("\\u"u8);
        if (first < 0 || (text[first..].IndexOf("\\ud"u8) < 0 && text[first..].IndexOf("\\uD"u8) < 0))
            return json;
        for (var i = Next(text, 0); i >= 0; i = Next(text, i))
        {
            var unit = Unit(text, i);
            if (unit is < 0xD800 or > 0xDFFF)
            {
                i += EscapeLength;
                continue;
            }
            if (unit < 0xDC00 && Unit(text, i + EscapeLength) is >= 0xDC00 and <= 0xDFFF)
            {
                i += 2 * EscapeLength;
                continue;
            }
            copy ??= json.ToArray();
            "\\ufffd"u8.CopyTo(copy.AsSpan(i));
            i += EscapeLength;
        }
        return copy ?? json;
    }

    // The next escape with \u; a backslash that is itself escaped begins none.
    private static int Next(ReadOnlySpan<byte> text, int from)
    {
        while (from < text.Length)
        {
            var next = text[from..].IndexOf((byte)'\\');
            if (next < 0)
                return -1;
            from += next;
            if (from + 1 < text.Length && text[from + 1] == 'u')
                return from;
            from += 2;
        }
        return -1;
    }

    // -1 where no escape is.
    private static int Unit(ReadOnlySpan<byte> text, int at) =>
        at + EscapeLength <= text.Length
        && text[at] == '\\'
        && text[at + 1] == 'u'
        && Utf8Parser.TryParse(text.Slice(at + 2, 4), out int unit, out var read, 'x')
        && read == 4
            ? unit
            : -1;
}
