using System.Globalization;
using System.Text;

namespace McpRuntime.Manifests;

/// <summary>Double-quoted YAML, with JSON's escapes only, which YAML 1.2 took over.</summary>
internal static class YamlQuoting
{
    public static void WriteDoubleQuoted(YamlBuffer output, ReadOnlySpan<byte> text)
    {
        output.Byte((byte)'"');
        while (!text.IsEmpty)
        {
            var plain = PlainLength(text);
            output.Bytes(text[..plain]);
            text = text[plain..];
            if (text.IsEmpty)
                break;
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            Escape(output, rune);
            text = text[length..];
        }
        output.Byte((byte)'"');
    }

    /// <summary>
    /// True where UTF-8 text starts with a character beyond ASCII that parsers do not keep as it is: C1 controls and
    /// NEL, line and paragraph separators, the byte order mark, U+FFFE and U+FFFF.
    /// </summary>
    public static bool NeedsEscape(ReadOnlySpan<byte> text) =>
        text switch
        {
            [0xC2, >= 0x80 and <= 0x9F, ..] => true,
            [0xE2, 0x80, 0xA8 or 0xA9, ..] => true,
            [0xEF, 0xBB, 0xBF, ..] => true,
            [0xEF, 0xBF, 0xBE or 0xBF, ..] => true,
            _ => false,
        };

    private static int PlainLength(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 0x20 || c is (byte)'"' or (byte)'\\' or 0x7F || (c >= 0xC2 && NeedsEscape(text[i..])))
                return i;
        }
        return text.Length;
    }

    private static void Escape(YamlBuffer output, Rune rune)
    {
        switch (rune.Value)
        {
            case '"':
                output.Bytes("\\\""u8);
                break;
            case '\\':
                output.Bytes("\\\\"u8);
                break;
            case '\n':
                output.Bytes("\\n"u8);
                break;
            case '\r':
                output.Bytes("\\r"u8);
                break;
            case '\t':
                output.Bytes("\\t"u8);
                break;
            default:
                output.Bytes(Encoding.ASCII.GetBytes($"\\u{rune.Value.ToString("X4", CultureInfo.InvariantCulture)}"));
                break;
        }
    }
}
