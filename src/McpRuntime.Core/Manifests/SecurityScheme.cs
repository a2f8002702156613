using System.Collections.ObjectModel;

namespace McpRuntime.Manifests;

/// <summary>One entry of <c>security_schemes</c>: how a credential is sent, never the credential.</summary>
public abstract record SecurityScheme
{
    private protected SecurityScheme() { }

    public string? Description { get; init; }
}

/// <summary><c>api_key</c>.</summary>
/// <param name="Location">Header, Query or Cookie.</param>
/// <param name="KeyName">Name of the header, query parameter or cookie.</param>
/// <param name="Prefix">Manifest key <c>scheme</c>: a word that is sent before the key with one space between, e.g.
/// <c>Bearer</c>.</param>
public sealed record ApiKeyScheme(ArgumentLocation Location, string KeyName, string? Prefix = null) : SecurityScheme
{
    /// <summary>
    /// True where a value of this name in this location would be sent in place of the key. Header names have no case.
    /// </summary>
    public bool IsAt(ArgumentLocation location, string? name) =>
        location == Location
        && KeyName.Equals(
            name,
            location == ArgumentLocation.Header ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
        );
}

/// <summary><c>basic</c> (RFC 7617).</summary>
public sealed record BasicScheme : SecurityScheme;

/// <summary><c>bearer</c> (RFC 6750).</summary>
public sealed record BearerScheme : SecurityScheme
{
    /// <summary>Informative, e.g. <c>JWT</c>.</summary>
    public string? Format { get; init; }
}

/// <summary>
/// <c>http</c> with another registered authentication scheme, sent as <c>Authorization: SCHEME credential</c>.
/// </summary>
internal sealed record HttpScheme(string Scheme) : SecurityScheme;

/// <summary>The OAuth 2.0 grants a scheme offers.</summary>
public enum OAuth2Flow
{
    ClientCredentials,
    AuthorizationCode,
    Implicit,
    Password,
    DeviceAuthorization,
}

/// <summary>How a client proves itself to the token endpoint (RFC 6749 section 2.3.1).</summary>
public enum ClientAuthentication
{
    /// <summary>Authorization: Basic.</summary>
    Basic,

    /// <summary><c>client_id</c> and <c>client_secret</c> in the form.</summary>
    Post,
}

/// <summary><c>oauth2</c>, and <c>oauth2_client_credentials</c> of version 1.</summary>
public sealed record OAuth2Scheme : SecurityScheme
{
    public IReadOnlyList<OAuth2Flow> Flows { get; init; } = [];

    public string? TokenUrl { get; init; }

    public string? AuthorizationUrl { get; init; }

    public string? RefreshUrl { get; init; }

    public string? DeviceAuthorizationUrl { get; init; }

    /// <summary>The scopes asked for.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public ClientAuthentication ClientAuthentication { get; init; }

    public string? Audience { get; init; }

    /// <summary>Further parameters of the token request.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>How a user signs in.</summary>
    public SignInSettings SignIn { get; init; } = SignInSettings.None;
}

/// <summary><c>open_id_connect</c>.</summary>
/// <param name="Url">URL of the discovery document.</param>
internal sealed record OpenIdConnectScheme(string Url) : SecurityScheme
{
    /// <inheritdoc cref="OAuth2Scheme.SignIn"/>
    public SignInSettings SignIn { get; init; } = SignInSettings.None;
}

/// <summary><c>mutual_tls</c>.</summary>
internal sealed record MutualTlsScheme : SecurityScheme;

/// <summary>
/// Schemes that are needed together, each with the scopes it needs, in the manifest's order. No scheme at all
/// (<c>{}</c>) allows a call without a credential.
/// </summary>
public sealed record SecurityRequirement(IReadOnlyDictionary<string, IReadOnlyList<string>> Schemes);

/// <summary>
/// Authentication of a tool in the older manifest form; <see cref="Scheme"/> null means <c>type: none</c>.
/// </summary>
public sealed record LegacyAuth(SecurityScheme? Scheme);
