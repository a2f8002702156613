using System.Buffers;
using System.Text;
using System.Text.Unicode;
using McpRuntime.Diagnostics;

namespace McpRuntime.Documents;

/// <summary>Makes UTF-8 without a byte order mark of bytes, and makes sure that they are text.</summary>
internal static class DocumentText
{
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r\n"u8);

    /// <summary>
    /// The bytes without a byte order mark; only UTF-16 with one is copied. <see cref="Check"/> tells whether they are
    /// text.
    /// </summary>
    /// <exception cref="FindingsException">The bytes are empty, or what they start with is not text.</exception>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> bytes, string? source)
    {
        var text = bytes.Span switch
        {
            [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
            [0xFF, 0xFE, 0, 0, ..] => throw NotText(source, "is UTF-32"),
            [0xFF, 0xFE, ..] => FromUtf16(bytes.Span[2..], bigEndian: false, source),
            [0xFE, 0xFF, ..] => FromUtf16(bytes.Span[2..], bigEndian: true, source),
            [0x1F, 0x8B, ..] => throw NotText(source, "is compressed with gzip; unpack it first, as it"),
            [(byte)'P', (byte)'K', 3, 4, ..] => throw NotText(source, "is a ZIP archive; unpack it first, as it"),
            _ => bytes,
        };
        return text.Span.ContainsAnyExcept(Blank)
            ? text
            : throw DocumentFailure.Because(DocumentRules.Empty, $"'{source ?? "The text"}' is empty.", source);
    }

    /// <exception cref="FindingsException">The bytes are not text.</exception>
    public static void Check(ReadOnlySpan<byte> text, string? source)
    {
        if (text.IndexOf((byte)0) is >= 0 and var zero)
            throw NotText(source, $"has a zero byte at offset {zero}, so it");
        if (!Utf8.IsValid(text))
            throw NotText(source, $"has bytes at offset {FirstInvalid(text)} that are not UTF-8, so it");
    }

    private static byte[] FromUtf16(ReadOnlySpan<byte> bytes, bool bigEndian, string? source)
    {
        try
        {
            var strict = new UnicodeEncoding(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);
            return Encoding.UTF8.GetBytes(strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            throw NotText(source, "starts as UTF-16 but");
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(text[offset..], out _, out var length) == OperationStatus.Done)
            offset += length;
        return offset;
    }

    private static FindingsException NotText(string? source, string why) =>
        DocumentFailure.Because(
            DocumentRules.NotText,
            $"'{source ?? "The input"}' {why} is not text that can be read here. "
                + "Give a JSON or YAML document in UTF-8.",
            source
        );
}
