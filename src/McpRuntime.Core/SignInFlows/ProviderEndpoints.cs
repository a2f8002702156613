using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.SignInFlows;

/// <summary>
/// Where and how a user signs in to one scheme of a connector. Every URL is https, or http on loopback.
/// </summary>
public sealed record ProviderEndpoints
{
    public required string Connector { get; init; }

    /// <summary>Name in <c>security_schemes</c>.</summary>
    public required string Scheme { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null where no one can be sent there, and a device code is used.</summary>
    public Uri? Authorization { get; init; }

    public required Uri Token { get; init; }

    /// <summary>Where tokens are renewed; null where that is <see cref="Token"/>.</summary>
    public Uri? Refresh { get; init; }

    public Uri? DeviceAuthorization { get; init; }

    public Uri? Revocation { get; init; }

    /// <summary>The provider's issuer identifier; null where it is not known, and then nothing compares it.</summary>
    public string? Issuer { get; init; }

    /// <summary>The provider says that its authorization responses have <c>iss</c> (RFC 9207).</summary>
    public bool SendsIssuer { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The redirect URI that is registered; null for one on a free port.</summary>
    public Uri? RedirectUri { get; init; }

    public ClientAuthentication ClientAuthentication { get; init; }

    internal ProviderPreset? Preset { get; init; }

    /// <summary>Further parameters of the authorization request.</summary>
    public IReadOnlyDictionary<string, string> AuthorizationExtra { get; init; } = new Dictionary<string, string>();

    internal IReadOnlyDictionary<string, string> TokenExtra { get; init; } = new Dictionary<string, string>();

    /// <summary>All that the user's browser or tokens go to.</summary>
    public IReadOnlyList<Origin> Origins =>
        [
            .. new[] { Authorization, Token, Refresh, DeviceAuthorization, Revocation }
                .Where(url => url is not null)
                .Select(url => Origin.Of(url!))
                .Distinct(),
        ];
}
