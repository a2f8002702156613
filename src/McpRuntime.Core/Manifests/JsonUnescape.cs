using System.Globalization;
using System.Text;

namespace McpRuntime.Manifests;

/// <summary>
/// Undoes the escapes of a JSON string (RFC 8259 section 7). Other than <see cref="System.Text.Json"/> it takes lone
/// surrogates, which documents hold, as U+FFFD instead of failing.
/// </summary>
internal static class JsonUnescape
{
    /// <param name="escaped">UTF-8 between the quotes of a valid JSON string.</param>
    /// <param name="scratch">Holds the result; replaced by a larger one where needed.</param>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> escaped, ref byte[] scratch)
    {
        if (scratch.Length < escaped.Length)
            scratch = new byte[Math.Max(escaped.Length, 1024)];
        var length = 0;
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain < 0)
                plain = escaped.Length;
            escaped[..plain].CopyTo(scratch.AsSpan(length));
            length += plain;
            escaped = escaped[plain..];
            if (escaped.IsEmpty)
                break;
            if (escaped[1] == (byte)'u')
            {
                var rune = ReadRune(ref escaped);
                length += rune.EncodeToUtf8(scratch.AsSpan(length));
                continue;
            }
            scratch[length++] = Simple(escaped[1]);
            escaped = escaped[2..];
        }
        return scratch.AsSpan(0, length);
    }

    private static Rune ReadRune(ref ReadOnlySpan<byte> escaped)
    {
        var first = ReadUnit(escaped);
        escaped = escaped[6..];
        if (Rune.TryCreate(first, out var rune))
            return rune;
        if (escaped.StartsWith("\\u"u8) && Rune.TryCreate(first, ReadUnit(escaped), out var pair))
        {
            escaped = escaped[6..];
            return pair;
        }
        return Rune.ReplacementChar;
    }

    private static char ReadUnit(ReadOnlySpan<byte> escaped) =>
        (char)ushort.Parse(escaped.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static byte Simple(byte c) =>
        c switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'t' => (byte)'\t',
            (byte)'r' => (byte)'\r',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            _ => c,
        };
}
