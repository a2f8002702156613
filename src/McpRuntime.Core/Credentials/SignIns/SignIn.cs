using System.Collections.ObjectModel;
using McpRuntime.Manifests;

namespace McpRuntime.Credentials.SignIns;

/// <summary>
/// What a user's consent gave, and what is needed to renew and to revoke it, as a store keeps it. Disposing clears its
/// secrets.
/// </summary>
public sealed class SignIn : IDisposable
{
    /// <summary>
    /// The higher one is the newer of two, also where a new sign-in replaced another: see
    /// <see cref="FirstGeneration"/>.
    /// </summary>
    public required long Generation { get; init; }

    /// <summary>New with each sign-in, and kept by renewals.</summary>
    public required string Stamp { get; init; }

    /// <summary>When the user signed in, UTC.</summary>
    public required DateTimeOffset SignedInAt { get; init; }

    /// <summary>When the access token came, UTC.</summary>
    public required DateTimeOffset ObtainedAt { get; init; }

    /// <summary>The client's id at the provider; public.</summary>
    public required string ClientId { get; init; }

    /// <summary>The client's secret; null for a public client.</summary>
    public Secret? ClientSecret { get; init; }

    /// <summary>Null where only a refresh token is there.</summary>
    public Secret? AccessToken { get; init; }

    /// <summary>
    /// Who signed in (OpenID Connect Core 1.0 section 2), where the provider said so just now; no store keeps it.
    /// </summary>
    public Secret? IdentityToken { get; init; }

    /// <summary>When the access token ends, UTC; null where the provider did not say.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null where the provider gave none: after the access token ends, the user signs in again.</summary>
    public Secret? RefreshToken { get; init; }

    /// <summary>Where tokens are renewed: https, or http on loopback; null where they are not.</summary>
    public string? TokenUrl { get; init; }

    /// <summary>Where tokens are revoked (RFC 7009); null where they are not.</summary>
    public string? RevocationUrl { get; init; }

    /// <summary>The provider's issuer identifier; null where it has none.</summary>
    public string? Issuer { get; init; }

    /// <summary>How the client proves itself to the endpoints.</summary>
    public ClientAuthentication ClientAuthentication { get; init; }

    /// <summary>Further parameters of token requests.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The scopes that were granted.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>
    /// Whose account it is, for display: e-mail address, name or subject; null where that is not known.
    /// </summary>
    public string? Account { get; init; }

    /// <summary>Name of the provider's preset; null for none.</summary>
    public string? Provider { get; init; }

    /// <summary>The provider refused the refresh token: only a new sign-in helps.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The same sign-in after its tokens were renewed. Secrets are copies; this one keeps its own.</summary>
    /// <param name="access">The new access token; copied.</param>
    /// <param name="expiresAt">When it ends; null where the provider did not say.</param>
    /// <param name="refresh">The next refresh token; null where the one before stays good.</param>
    /// <param name="now">The time, UTC.</param>
    public SignIn Renewed(Secret access, DateTimeOffset? expiresAt, Secret? refresh, DateTimeOffset now) =>
        Copy(access, expiresAt, refresh ?? RefreshToken, now, isRefused: false);

    /// <summary><see cref="Generation"/> of a sign-in that is made now: above that of all before.</summary>
    public static long FirstGeneration(DateTimeOffset now) => now.ToUnixTimeMilliseconds();

    /// <summary>The same sign-in after the provider refused its refresh token.</summary>
    public SignIn Refused() => Copy(AccessToken, ExpiresAt, RefreshToken, ObtainedAt, isRefused: true);

    public void Dispose()
    {
        ClientSecret?.Dispose();
        AccessToken?.Dispose();
        IdentityToken?.Dispose();
        RefreshToken?.Dispose();
    }

    /// <summary>Says whose it is and nothing of what it holds.</summary>
    public override string ToString() => $"*** (sign-in{(Account is null ? "" : $" of {Account}")})";

    private static Secret? Copy(Secret? secret) => secret is null ? null : Secret.FromUtf8(secret.RevealUtf8());

    private SignIn Copy(
        Secret? access,
        DateTimeOffset? expiresAt,
        Secret? refresh,
        DateTimeOffset obtainedAt,
        bool isRefused
    ) =>
        new()
        {
            ObtainedAt = obtainedAt,
            Generation = Generation + 1,
            Stamp = Stamp,
            SignedInAt = SignedInAt,
            ClientId = ClientId,
            ClientSecret = Copy(ClientSecret),
            AccessToken = Copy(access),
            ExpiresAt = expiresAt,
            RefreshToken = Copy(refresh),
            TokenUrl = TokenUrl,
            RevocationUrl = RevocationUrl,
            Issuer = Issuer,
            ClientAuthentication = ClientAuthentication,
            Extra = Extra,
            Scopes = Scopes,
            Account = Account,
            Provider = Provider,
            IsRefused = isRefused,
        };
}
