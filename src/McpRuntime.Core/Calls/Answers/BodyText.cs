using System.Net.Http.Headers;
using System.Text;

namespace McpRuntime.Calls.Answers;

/// <summary>The characters of a body, by the charset that it names.</summary>
internal static class BodyText
{
    /// <param name="response">The response.</param>
    /// <param name="utf8">The same text as UTF-8, without a byte order mark.</param>
    public static string Decode(UpstreamResponse response, out ReadOnlyMemory<byte> utf8)
    {
        var body = response.Body;
        var encoding = Charset(response.ContentType) ?? ByMark(body.Span) ?? Encoding.UTF8;
        if (body.Span.StartsWith(encoding.Preamble))
            body = body[encoding.Preamble.Length..];
        var text = encoding.GetString(body.Span);
        utf8 = encoding.CodePage is 65001 or 20127 ? body : Encoding.UTF8.GetBytes(text);
        return text;
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(Encoding.Unicode.Preamble))
            return Encoding.Unicode;
        return body.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode : null;
    }

    private static Encoding? Charset(string? contentType)
    {
        if (contentType is null || !contentType.Contains("charset", StringComparison.OrdinalIgnoreCase)
            || !MediaTypeHeaderValue.TryParse(contentType, out var parsed) || parsed.CharSet?.Trim('"', ' ') is not { Length: > 0 } name)
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
        catch (ArgumentException)
        {
            return null;
        }
    }
}
