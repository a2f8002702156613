using System.Net;
using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// Where nothing is configured, MCP clients of this machine need no token, as they would need none to start the
/// console face. A request that came through a proxy is not of this machine, whatever address it comes from.
/// </summary>
internal sealed class OpenAccess(GatewaySettings settings)
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via", "CF-Connecting-IP"];

    /// <summary>The MCP endpoints are open on loopback.</summary>
    public bool IsOpen { get; } = settings.IsLoopbackOnly
        && !settings.AuthenticationRequired
        && !settings.Jwt.IsConfigured
        && settings is { PublicUrl: null, RolesFile: null, TrustedProxies.Count: 0, AnyHost: false };

    public bool Allows(HttpContext context) =>
        IsOpen
        && context.GetEndpoint()?.Metadata.GetMetadata<OpenOnLoopback>() is not null
        && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);
}

/// <summary>Marks the endpoints that <see cref="OpenAccess"/> may open.</summary>
internal sealed class OpenOnLoopback;
