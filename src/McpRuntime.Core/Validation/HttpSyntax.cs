using System.Buffers;
using System.Net.Http.Headers;

namespace McpRuntime.Validation;

/// <summary>Syntax of HTTP fields (RFC 9110).</summary>
internal static class HttpSyntax
{
    // RFC 9110 section 5.6.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // What frames the message, names its target or carries a credential is never an argument's or a manifest's to set.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "TE", "Trailer", "Expect",
        "Proxy-Authorization", "Proxy-Connection", "Authorization", "Content-Type", "Accept",
    };

    public static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);

    public static bool IsReservedHeader(string name) => Reserved.Contains(name);

    /// <summary><c>type/subtype</c> with parameters.</summary>
    public static bool IsMediaType(string text) =>
        IsPlainMediaType(text)
        || (MediaTypeHeaderValue.TryParse(text, out var parsed) && parsed.MediaType is { } type && type.Contains('/', StringComparison.Ordinal));

    // Two tokens and a slash, which is nearly always all.
    private static bool IsPlainMediaType(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        return slash > 0 && slash < text.Length - 1
            && !text[..slash].ContainsAnyExcept(TokenCharacters) && !text[(slash + 1)..].ContainsAnyExcept(TokenCharacters);
    }

    /// <summary>A list of media types or ranges, each perhaps with a weight.</summary>
    public static bool IsMediaRangeList(string text)
    {
        foreach (var range in text.Split(','))
        {
            if (!MediaTypeWithQualityHeaderValue.TryParse(range.Trim(), out _))
                return false;
        }
        return true;
    }
}
