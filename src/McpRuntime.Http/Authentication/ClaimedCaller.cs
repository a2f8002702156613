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
        var subject = First(claims, "sub") ?? First(claims, "client_id");
        return subject is null
            ? null
            : new Caller(CallerKind.Jwt, CallerId.OfJwt(identifier, subject), RolesOf(claims, issuer), context)
            {
                // For display alone: anyone may choose it.
                Name = (First(claims, "name") ?? First(claims, "preferred_username") ?? First(claims, "email"))
                    is { } name
                    ? UntrustedText.Shorten(UntrustedText.Clean(name), 200)
                    : null,
                Issuer = issuer,
                Expires = expires,
            };
    }

    private IReadOnlyList<Role> RolesOf(JsonElement claims, TrustedIssuer? issuer)
    {
        var names = new List<string>();
        if ((issuer is null ? settings.Jwt.RolesClaim : issuer.RolesClaim) is { } direct)
            names.AddRange(ClaimValues.Of(claims, direct).SelectMany(ClaimValues.Words));
        foreach (var rules in roles.Rules.Where(rule => IsFor(rule, issuer)).GroupBy(rule => rule.Claim))
        {
            var values = ClaimValues.Of(claims, rules.Key).ToHashSet(StringComparer.Ordinal);
            names.AddRange(rules.Where(rule => values.Contains(rule.Value)).SelectMany(rule => rule.Roles));
        }
        var found = roles.Find(names);
        return found.Count == 0 && (issuer is null ? settings.Jwt.DefaultRole : issuer.DefaultRole) is { } otherwise
            ? roles.Find([otherwise])
            : found;
    }

    private bool IsFor(ClaimRule rule, TrustedIssuer? issuer) =>
        rule.Issuer is null or "*" || (issuer is null ? rule.Issuer == settings.Jwt.Issuer : issuer.Is(rule.Issuer));

    private static string? First(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
