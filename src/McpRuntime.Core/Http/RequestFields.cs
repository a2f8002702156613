namespace McpRuntime.Http;

/// <summary>
/// Which request fields an argument or a fixed value may set. The importer, the validator and calls all ask here, so
/// that a manifest that is valid can be called.
/// </summary>
internal static class RequestFields
{
    // RFC 9110 section 7.6.1 and RFC 9112 section 6: they frame the message or route it, and would let one request
    // become two.
    private static readonly HashSet<string> Connection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Content-Encoding",
        "Content-Length",
        "Expect",
        "Host",
        "HTTP2-Settings",
        "Keep-Alive",
        "Proxy-Authenticate",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
    };

    /// <summary>Why no argument and no fixed value sets this field; null for all others.</summary>
    public static string? Refuse(string name) =>
        name switch
        {
            // OpenAPI 3.2 section 4.12.1: such a parameter is ignored.
            _ when Is(name, "Accept") || Is(name, "Content-Type") => "the media types of the operation determine it",
            _ when Is(name, "Authorization") || Is(name, "Proxy-Authorization") =>
                "credentials come from the security schemes, never from a caller",
            _ when Is(name, "Cookie") => "cookies are arguments with 'in: cookie'",
            _ when Connection.Contains(name) => "it belongs to the connection",
            _ when !HttpToken.Is(name) =>
                "it is not a header name (RFC 9110 section 5.1: letters, digits and !#$%&'*+-.^_`|~)",
            _ => null,
        };

    /// <summary>
    /// True for a field that may carry the key of a security scheme: two of the others are made for credentials.
    /// </summary>
    public static bool MayCarryKey(string name) =>
        Refuse(name) is null || Is(name, "Authorization") || Is(name, "Cookie");

    private static bool Is(string name, string field) => name.Equals(field, StringComparison.OrdinalIgnoreCase);
}
