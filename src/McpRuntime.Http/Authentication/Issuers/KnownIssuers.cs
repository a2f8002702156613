using McpRuntime.Configuration;
using McpRuntime.Http.Configuration;
using McpRuntime.Network;

namespace McpRuntime.Http.Authentication.Issuers;

/// <summary>The issuers that the operator trusts.</summary>
internal sealed class KnownIssuers(GatewaySettings settings, RuntimeSettings runtime, GuardedHttp http)
{
    private readonly IReadOnlyList<KnownIssuer> _all =
    [
        .. settings.Issuers.Select(issuer => new KnownIssuer(issuer, new IssuerDocuments(http, runtime))),
    ];

    public bool IsEmpty => _all.Count == 0;

    /// <summary>Those where people sign in.</summary>
    public IEnumerable<KnownIssuer> ForPeople => _all.Where(issuer => issuer.Settings.SignIn is not null);

    /// <summary>The one whose tokens are looked up where they say nothing; null for none.</summary>
    public KnownIssuer? WithOpaqueTokens => _all.FirstOrDefault(issuer => issuer.Settings.Introspection is not null);

    /// <summary>The one that a token says it is of: its keys are tried, and no other's. Null for none.</summary>
    public KnownIssuer? Find(string? identifier) => _all.FirstOrDefault(issuer => issuer.Settings.Is(identifier));
}
