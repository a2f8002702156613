using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using McpRuntime.Diagnostics;

namespace McpRuntime.Json;

/// <summary>Escapes what <see cref="ReadableJson"/> says.</summary>
internal sealed class ReadableJsonEncoder : JavaScriptEncoder
{
    private const string PlainAscii =
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    private static readonly SearchValues<char> Plain = SearchValues.Create(PlainAscii);
    private static readonly SearchValues<byte> PlainUtf8 = SearchValues.Create(Encoding.ASCII.GetBytes(PlainAscii));

    /// <summary>The six of <c>\u0000</c>; a surrogate pair is two characters.</summary>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar is '"' or '\\' || UntrustedText.IsHidden(new Rune(unicodeScalar));

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var all = new ReadOnlySpan<char>(text, textLength);
        for (var at = 0; at < all.Length; )
        {
            var plain = all[at..].IndexOfAnyExcept(Plain);
            if (plain < 0)
                return -1;
            at += plain;
            if (Rune.DecodeFromUtf16(all[at..], out var rune, out var length) != OperationStatus.Done || Encodes(rune))
                return at;
            at += length;
        }
        return -1;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        for (var at = 0; at < utf8Text.Length; )
        {
            var plain = utf8Text[at..].IndexOfAnyExcept(PlainUtf8);
            if (plain < 0)
                return -1;
            at += plain;
            if (
                Rune.DecodeFromUtf8(utf8Text[at..], out var rune, out var length) != OperationStatus.Done
                || Encodes(rune)
            )
                return at;
            at += length;
        }
        return -1;
    }

    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar,
        char* buffer,
        int bufferLength,
        out int numberOfCharactersWritten
    )
    {
        var text = Text(new Rune(unicodeScalar));
        numberOfCharactersWritten = 0;
        if (!text.TryCopyTo(new Span<char>(buffer, bufferLength)))
            return false;
        numberOfCharactersWritten = text.Length;
        return true;
    }

    private bool Encodes(Rune rune) => WillEncode(rune.Value);

    private string Text(Rune rune) =>
        rune.Value switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ when Encodes(rune) => string.Concat(
                rune.ToString()
                    .Select(unit => ((int)unit).ToString("X4", CultureInfo.InvariantCulture).Insert(0, "\\u"))
            ),
            _ => rune.ToString(),
        };
}
