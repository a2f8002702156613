using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.Guards;

/// <summary>The origin of the gateway's own pages.</summary>
internal sealed class OwnOrigin(GatewaySettings settings)
{
    private readonly string? _public = settings.PublicUrl?.GetLeftPart(UriPartial.Authority);

    /// <param name="request">Its Host header was checked.</param>
    /// <param name="origin">An Origin header.</param>
    public bool Is(HttpRequest request, string origin) =>
        origin.Equals(_public, StringComparison.OrdinalIgnoreCase)
        || origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
