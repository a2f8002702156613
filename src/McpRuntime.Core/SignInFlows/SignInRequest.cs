using McpRuntime.Credentials;
using McpRuntime.Manifests;

namespace McpRuntime.SignInFlows;

/// <summary>
/// Which sign-in a user wants. What is null comes from the manifest, a preset or the provider's metadata.
/// </summary>
public sealed record SignInRequest
{
    public required ConnectorManifest Connector { get; init; }

    /// <summary>Name in <c>security_schemes</c>; null where only one can be signed in to.</summary>
    public string? Scheme { get; init; }

    /// <summary>The client that is registered with the provider.</summary>
    public string? ClientId { get; init; }

    /// <summary>Not disposed by the flow.</summary>
    public Secret? ClientSecret { get; init; }

    /// <summary>In place of those that the connector's tools need; empty for those.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The user confirms a code in a browser anywhere (RFC 8628).</summary>
    public bool UsesDeviceCode { get; init; }

    public string? Issuer { get; init; }

    public string? AuthorizationUrl { get; init; }

    public string? TokenUrl { get; init; }

    public string? DeviceAuthorizationUrl { get; init; }

    public string? RevocationUrl { get; init; }

    /// <summary>On loopback. Without a port, a free one is used.</summary>
    public Uri? RedirectUri { get; init; }

    /// <summary>Name of a preset.</summary>
    public string? Provider { get; init; }

    /// <summary>How long the user may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(5);
}
