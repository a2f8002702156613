using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Configuration.Issuers;

namespace McpRuntime.Http.Authentication;

/// <summary>Makes a caller of what a verified token claims.</summary>
internal sealed class ClaimedCaller(GatewaySettings settings, RoleBook roles)
{
    /// <summary>The caller; null where nothing says who it is.</summary>
    /// <param name="claims">Of a token that is good here.</param>
    /// <param name="issuer">Whose it is; null for one that our own key signed.</param>
    /// <param name="identifier">What the token calls its issuer.</param>
    /// <param name="expires">Its end.</param>
    /// <param name="context">The request.</param>
    public Caller? Of(
        JsonElement claims,
        TrustedIssuer? issuer,
        string identifier,
        DateTimeOffset expires,
        HttpContext context
    )
    {
        if ((First(claims, "sub") ?? First(claims, "client_id")) is not { } subject)
            return null;
        var matched = Matched(claims, issuer);
        return new Caller(
            CallerKind.Jwt,
            CallerId.OfJwt(identifier, subject),
            RolesOf(claims, issuer, matched),
            context
        )
        {
            // For display alone: anyone may choose it.
            Name = (First(claims, "name") ?? First(claims, "preferred_username") ?? First(claims, "email")) is { } name
                ? UntrustedText.Shorten(UntrustedText.Clean(name), 200)
                : null,
            Issuer = issuer,
            Scopes = [.. matched.Where(rule => rule.IsScope).Select(rule => rule.Value).Distinct()],
            Expires = expires,
        };
    }

    private List<ClaimRule> Matched(JsonElement claims, TrustedIssuer? issuer)
    {
        var matched = new List<ClaimRule>();
        foreach (var rules in roles.Rules.Where(rule => IsFor(rule, issuer)).GroupBy(rule => rule.Claim))
        {
            var values = ClaimValues.Of(claims, rules.Key).ToHashSet(StringComparer.Ordinal);
            matched.AddRange(rules.Where(rule => values.Contains(rule.Value)));
        }
        return matched;
    }

    private IReadOnlyList<Role> RolesOf(JsonElement claims, TrustedIssuer? issuer, List<ClaimRule> matched)
    {
        var names = new List<string>();
        if ((issuer is null ? settings.Jwt.RolesClaim : issuer.RolesClaim) is { } direct)
            names.AddRange(ClaimValues.Of(claims, direct).SelectMany(ClaimValues.Words));
        names.AddRange(matched.SelectMany(rule => rule.Roles));
        var found = roles.Find(names);
        return found.Count == 0 && (issuer is null ? settings.Jwt.DefaultRole : issuer.DefaultRole) is { } otherwise
            ? roles.Find([otherwise])
            : found;
    }

    private bool IsFor(ClaimRule rule, TrustedIssuer? issuer) =>
        issuer is not null ? rule.IsFor(issuer) : rule.Issuer is null or "*" || rule.Issuer == settings.Jwt.Issuer;

    private static string? First(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
