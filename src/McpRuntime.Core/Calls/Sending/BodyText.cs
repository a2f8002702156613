using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Unicode;
using McpRuntime.Http;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// Makes UTF-8 of text in whatever charset it came, so that everything behind has one encoding to deal with.
/// </summary>
internal static class BodyText
{
    /// <summary>
    /// The response with its text as well-formed UTF-8 without a byte order mark; other bodies stay as they are.
    /// </summary>
    public static UpstreamResponse AsUtf8(UpstreamResponse response)
    {
        var body = response.Body;
        var essence = response.ContentType is null ? "" : MediaTypes.Essence(response.ContentType);
        if (body.Length == 0 || (essence.Length > 0 && !MediaTypes.IsText(essence)))
            return response;
        var encoding = EncodingOf(response.ContentType, body.Span);
        if (body.Span.StartsWith(encoding.Preamble))
            body = body[encoding.Preamble.Length..];
        if (encoding.CodePage is not (65001 or 20127))
            return response with { Body = Encoding.UTF8.GetBytes(encoding.GetString(body.Span)) };
        if (response.IsCut)
            body = body[..^PartialCharacter(body.Span)];
        // Without a type, what is not UTF-8 is not text.
        if (essence.Length > 0 && !Utf8.IsValid(body.Span))
            body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));
        return body.Length == response.Body.Length && body.Equals(response.Body)
            ? response
            : response with
            {
                Body = body,
            };
    }

    /// <summary>The encoding of a text: by its byte order mark, by the charset of its media type, else UTF-8.</summary>
    // A mark is part of the text, and goes before what the server says about it (WHATWG Encoding, section 6.1).
    public static Encoding EncodingOf(string? contentType, ReadOnlySpan<byte> beginning) =>
        ByMark(beginning) ?? Charset(contentType) ?? Encoding.UTF8;

    /// <summary>Bytes at the end of text that ends within a character; 0 for none.</summary>
    public static int PartialCharacter(ReadOnlySpan<byte> body) =>
        Rune.DecodeLastFromUtf8(body, out _, out var length) == OperationStatus.NeedMoreData ? length : 0;

    private static Encoding? ByMark(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(Encoding.UTF8.Preamble))
            return Encoding.UTF8;
        if (body.StartsWith(Encoding.Unicode.Preamble))
            return Encoding.Unicode;
        return body.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode : null;
    }

    private static Encoding? Charset(string? contentType)
    {
        if (
            contentType is null
            || !contentType.Contains("charset", StringComparison.OrdinalIgnoreCase)
            || !MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            || parsed.CharSet?.Trim('"', ' ') is not { Length: > 0 } name
        )
            return null;
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return Encoding.UTF8;
        // The code pages of the older web; asked for by few APIs, so looked up only when named.
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name);
        if (encoding is not null)
            return encoding;
        try
        {
            return Encoding.GetEncoding(name);
        }
        // UTF-7 is known but not supported, for it hides text from anyone who looks for it.
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The first character may begin a JSON value.</summary>
    public static bool LooksLikeJson(ReadOnlySpan<byte> utf8)
    {
        var start = utf8.IndexOfAnyExcept(" \t\r\n"u8);
        return start >= 0 && "{[\"-0123456789tfn"u8.Contains(utf8[start]);
    }
}
