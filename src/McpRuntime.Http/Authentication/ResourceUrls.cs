using McpRuntime.Http.Configuration;
using McpRuntime.Http.Configuration.Issuers;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// The gateway's own URL, for metadata, challenges and audiences: the configured one, else the address that it listens
/// on. Never the Host header, which anyone who calls can choose.
/// </summary>
internal sealed class ResourceUrls(GatewaySettings settings, IServiceProvider services)
{
    private string? _root;

    /// <summary>Without a slash at the end.</summary>
    public string Root => _root ??= settings.PublicUrl?.AbsoluteUri.TrimEnd('/') ?? ListeningAddress();

    /// <summary>The resource itself, its MCP endpoint, or the one that is asked for.</summary>
    private bool IsAudience(string audience, PathString path)
    {
        var named = audience.AsSpan().TrimEnd('/');
        if (!named.StartsWith(Root, StringComparison.Ordinal))
            return false;
        var rest = named[Root.Length..];
        return rest.Length == 0 || rest.SequenceEqual("/mcp") || rest.SequenceEqual(path.Value.AsSpan().TrimEnd('/'));
    }

    /// <summary>As the issuer's settings say, else as <see cref="IsAudience(string, PathString)"/>.</summary>
    /// <param name="audience">Of a token.</param>
    /// <param name="path">The resource that is asked for.</param>
    /// <param name="issuer">Whose token it is; null for our own.</param>
    public bool IsAudience(string audience, PathString path, TrustedIssuer? issuer)
    {
        IReadOnlyList<string> configured =
            issuer is not null ? issuer.Audiences
            : settings.Jwt.Audience is { } ours ? [ours]
            : [];
        return configured.Count == 0 ? IsAudience(audience, path) : configured.Contains(audience);
    }

    private string ListeningAddress()
    {
        var server = (Microsoft.AspNetCore.Hosting.Server.IServer)
            services.GetService(typeof(Microsoft.AspNetCore.Hosting.Server.IServer))!;
        var addresses = server.Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>();
        return addresses?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? "http://127.0.0.1";
    }
}
