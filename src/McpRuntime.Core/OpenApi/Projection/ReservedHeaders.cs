using McpRuntime.Calls;
using McpRuntime.Validation;

namespace McpRuntime.OpenApi.Projection;

/// <summary>Headers that no caller sets.</summary>
internal static class ReservedHeaders
{
    /// <summary>Why a header is no argument; null for all others.</summary>
    internal static string? Refuse(string name) => name.ToLowerInvariant() switch
    {
        // OpenAPI 3.2 section 4.12.1: such a parameter is ignored.
        "accept" or "content-type" => "the media types of the operation say it",
        "authorization" => "credentials come from the security schemes, never from a caller",
        // RFC 9110 and 9112: they say how the message itself is carried.
        "cookie" => "cookies are parameters of their own",
        _ when HeaderNames.IsReserved(name) => "it belongs to the connection",
        _ when !HttpSyntax.IsToken(name) => "it is no name of a header (RFC 9110 section 5.1)",
        _ => null,
    };
}
