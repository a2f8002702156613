namespace McpRuntime.Http.Configuration.Issuers;

/// <summary>An issuer whose tokens are accepted: an OpenID Connect provider or an OAuth authorization server.</summary>
/// <param name="Url">Its issuer identifier: https, or http on loopback.</param>
internal sealed record TrustedIssuer(Uri Url)
{
    /// <summary>For people, and in the path that it sends browsers back to.</summary>
    public string Name { get; init; } = Url.Authority;

    /// <summary>Where its metadata are; null for the usual places below <see cref="Url"/>.</summary>
    public Uri? Metadata { get; init; }

    /// <summary>Audiences of its tokens; none for the gateway's own URLs.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>The claim, or the path to it, whose values are names of roles; null for none.</summary>
    public string? RolesClaim { get; init; }

    /// <summary>The role of those to whom nothing else brings one; null for none.</summary>
    public string? DefaultRole { get; init; }

    /// <summary>The gateway's client there, with which people sign in; null where they do not.</summary>
    public SignInClient? SignIn { get; init; }

    /// <summary>Where its opaque tokens are looked up; null where it has none.</summary>
    public Introspection? Introspection { get; init; }

    /// <summary>Path of the gateway where the issuer sends browsers back to: one of its own, so that no issuer can
    /// answer for another (RFC 9700 section 4.4.2).</summary>
    public string Callback { get; init; } = "/sign-in/callback";

    /// <summary>Whether a token, a response or metadata name it. A slash at the end does not count.</summary>
    public bool Is(string? identifier) => identifier?.TrimEnd('/') == Url.AbsoluteUri.TrimEnd('/');
}
