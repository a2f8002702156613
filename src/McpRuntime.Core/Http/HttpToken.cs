using System.Buffers;

namespace McpRuntime.Http;

/// <summary>Tokens (RFC 9110 section 5.6.2): methods, field names, cookie names and parts of media types.</summary>
internal static class HttpToken
{
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~"
    );

    public static bool Is(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept(Characters);
}
