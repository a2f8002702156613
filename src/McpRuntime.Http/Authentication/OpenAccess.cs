using System.Net;
using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// The open loopback mode, which an operator chose: MCP clients that connect from this machine need no token. So does
/// anyone who reaches it through a proxy of this machine: nothing in a request tells the two apart.
/// </summary>
internal sealed class OpenAccess(GatewaySettings settings)
{
    // What most proxies add. It catches a mistake, and keeps no one out: nginx adds none of them by default.
    private static readonly string[] ProxyHeaders =
    [
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Real-IP",
        "Via",
        "CF-Connecting-IP",
    ];

    public bool Allows(HttpContext context) =>
        settings.OpenLoopback
        && context.GetEndpoint()?.Metadata.GetMetadata<OpenOnLoopback>() is not null
        && context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);
}

/// <summary>Marks the endpoints that <see cref="OpenAccess"/> may open.</summary>
internal sealed class OpenOnLoopback;
