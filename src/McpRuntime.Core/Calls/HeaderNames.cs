using System.Buffers;

namespace McpRuntime.Calls;

/// <summary>Which header fields a manifest may set.</summary>
internal static class HeaderNames
{
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    // Framing and routing belong to the connection, not to an argument: they would let one request become two.
    // Authorization and Cookie have their own places.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Cookie", "Expect", "Host",
        "HTTP2-Settings", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade",
    };

    /// <summary>A token (RFC 9110 section 5.6.2), as names of header fields and cookies must be.</summary>
    public static bool IsToken(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(TokenChars);

    public static bool IsReserved(string name) => Reserved.Contains(name);
}
