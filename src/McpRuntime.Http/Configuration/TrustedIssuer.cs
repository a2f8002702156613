namespace McpRuntime.Http.Configuration;

/// <summary>An issuer whose tokens are accepted: an OpenID Connect provider or an OAuth authorization server.</summary>
/// <param name="Url">Its issuer identifier: https, or http on loopback.</param>
internal sealed record TrustedIssuer(Uri Url)
{
    /// <summary>For people, and in the path that it sends browsers back to.</summary>
    public string Name { get; init; } = Url.Authority;

    /// <summary>Whether a token, a response or metadata name it. A slash at the end does not count.</summary>
    public bool Is(string? identifier) => identifier?.TrimEnd('/') == Url.AbsoluteUri.TrimEnd('/');

    /// <summary>The audience of its tokens; null for the gateway's own URLs.</summary>
    public string? Audience { get; init; }

    /// <summary>The claim whose values are names of roles; null for none.</summary>
    public string? RolesClaim { get; init; }

    /// <summary>The gateway's client there, with which people sign in; null where they do not.</summary>
    public SignInClient? SignIn { get; init; }
}
