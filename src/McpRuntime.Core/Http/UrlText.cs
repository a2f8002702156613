using System.Buffers;
using System.Text;

namespace McpRuntime.Http;

/// <summary>Which characters stay as they are when text goes into a URL or a form.</summary>
internal enum UrlSet
{
    /// <summary>RFC 6570 section 3.2.1: only unreserved characters stay.</summary>
    Unreserved,

    /// <summary>
    /// RFC 6570 section 3.2.3, reserved expansion in a query: reserved characters and percent-encoded triplets stay,
    /// but for those that would end the value or have another meaning there: <c># [ ] &amp; +</c>.
    /// </summary>
    ReservedInQuery,

    /// <summary>
    /// As <see cref="ReservedInQuery"/> in a path: <c>/ ? # [ ]</c> and <c>%</c> are encoded, so the value stays in its
    /// segment.
    /// </summary>
    ReservedInPath,

    /// <summary>As <see cref="Unreserved"/>, and <c>/</c>: a value of several segments.</summary>
    Segments,

    /// <summary>As <see cref="ReservedInPath"/>, and <c>/</c>.</summary>
    ReservedInSegments,

    /// <summary>application/x-www-form-urlencoded (WHATWG URL section 5.2); a space becomes <c>+</c>.</summary>
    Form,
}

/// <summary>Percent-encoding (RFC 3986 section 2.1) of the UTF-8 bytes of text.</summary>
internal static class UrlText
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> Unreserved = SearchValues.Create(Alphanumeric + "-._~");
    private static readonly SearchValues<char> InQuery = SearchValues.Create(Alphanumeric + "-._~:/?@!$'()*,;=");
    private static readonly SearchValues<char> InPath = SearchValues.Create(Alphanumeric + "-._~:@!$&'()*+,;=");
    private static readonly SearchValues<char> InSegments = SearchValues.Create(Alphanumeric + "-._~/");
    private static readonly SearchValues<char> ReservedSegments = SearchValues.Create(
        Alphanumeric + "-._~:@!$&'()*+,;=/"
    );
    private static readonly SearchValues<char> InForm = SearchValues.Create(Alphanumeric + "*-._");
    private static readonly SearchValues<char> Literal = SearchValues.Create(Alphanumeric + "-._~:/?@!$&'()*+,;=[]%");

    public static string Encode(string text, UrlSet set = UrlSet.Unreserved)
    {
        if (!text.AsSpan().ContainsAnyExcept(Kept(set)))
            return text;
        var output = new StringBuilder(text.Length + 16);
        Append(output, text, set);
        return output.ToString();
    }

    public static void Append(StringBuilder output, ReadOnlySpan<char> text, UrlSet set) =>
        Append(output, text, Kept(set), keepTriplets: set == UrlSet.ReservedInQuery, plusForSpace: set == UrlSet.Form);

    /// <summary>Text of a manifest that is in a URL: what may be there stays, the rest is encoded.</summary>
    public static void AppendLiteral(StringBuilder output, ReadOnlySpan<char> text) =>
        Append(output, text, Literal, keepTriplets: false, plusForSpace: false);

    private static SearchValues<char> Kept(UrlSet set) =>
        set switch
        {
            UrlSet.ReservedInQuery => InQuery,
            UrlSet.ReservedInPath => InPath,
            UrlSet.Segments => InSegments,
            UrlSet.ReservedInSegments => ReservedSegments,
            UrlSet.Form => InForm,
            _ => Unreserved,
        };

    private static void Append(
        StringBuilder output,
        ReadOnlySpan<char> text,
        SearchValues<char> kept,
        bool keepTriplets,
        bool plusForSpace
    )
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (text.Length > 0)
        {
            var plain = text.IndexOfAnyExcept(kept);
            if (plain < 0)
                plain = text.Length;
            output.Append(text[..plain]);
            text = text[plain..];
            if (text.Length == 0)
                return;
            if (keepTriplets && IsTriplet(text))
            {
                output.Append(text[..3]);
                text = text[3..];
                continue;
            }
            if (plusForSpace && text[0] == ' ')
            {
                output.Append('+');
                text = text[1..];
                continue;
            }
            Rune.DecodeFromUtf16(text, out var rune, out var length);
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
                output.Append('%').Append(Hex(value >> 4)).Append(Hex(value & 15));
            text = text[length..];
        }
    }

    private static bool IsTriplet(ReadOnlySpan<char> text) =>
        text.Length >= 3 && text[0] == '%' && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);

    private static char Hex(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
