using McpRuntime.Calls;
using McpRuntime.Validation;

namespace McpRuntime.OpenApi.Projection;

/// <summary>Headers that no caller sets.</summary>
internal static class ReservedHeaders
{
    /// <summary>Why a header is no argument; null for all others.</summary>
    internal static string? Refuse(string name) => name switch
    {
        // OpenAPI 3.2 section 4.12.1: such a parameter is ignored.
        _ when Is(name, "Accept") || Is(name, "Content-Type") => "the media types of the operation say it",
        _ when Is(name, "Authorization") => "credentials come from the security schemes, never from a caller",
        // RFC 9110 and 9112: they say how the message itself is carried.
        _ when Is(name, "Cookie") => "cookies are parameters of their own",
        _ when HeaderNames.IsReserved(name) => "it belongs to the connection",
        _ when !HttpSyntax.IsToken(name) => "it is no name of a header (RFC 9110 section 5.1)",
        _ => null,
    };

    private static bool Is(string name, string header) => name.Equals(header, StringComparison.OrdinalIgnoreCase);
}
