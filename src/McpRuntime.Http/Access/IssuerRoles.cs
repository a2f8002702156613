using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.Access;

/// <summary>Checks that what the settings say of issuers and what the roles file says of claims fit together.</summary>
internal static class IssuerRoles
{
    /// <exception cref="McpRuntimeException">They do not; all that is wrong.</exception>
    public static void Check(GatewaySettings settings, RoleBook roles)
    {
        var problems = DefaultRoles(settings, roles).Concat(Rules(settings, roles)).ToList();
        if (problems.Count > 0)
            throw new McpRuntimeException(string.Join(" ", problems));
    }

    private static IEnumerable<string> DefaultRoles(GatewaySettings settings, RoleBook roles)
    {
        foreach (
            var role in settings
                .Issuers.Select(issuer => issuer.DefaultRole)
                .Append(settings.Jwt.DefaultRole)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
        )
        {
            if (role == Role.AdminName)
                yield return "The default role of an issuer is 'admin': anyone with a token of it could do everything.";
            else if (!roles.Has(role))
                yield return $"The default role of an issuer, '{role}', is not defined in MCP_RUNTIME_ROLES_FILE.";
        }
    }

    // With several issuers, a group of one must not count for a group of the same name of another.
    private static IEnumerable<string> Rules(GatewaySettings settings, RoleBook roles)
    {
        var hasSeveral = settings.Issuers.Count > 1;
        foreach (var rule in roles.Rules)
        {
            var what =
                $"The rule for the value '{rule.Value}' of '{rule.Claim}' under 'claims' in MCP_RUNTIME_ROLES_FILE";
            if (rule.Issuer is null)
            {
                if (hasSeveral)
                    yield return $"{what} needs 'issuer', since there are several issuers; \"*\" means any.";
            }
            else if (
                rule.Issuer != "*"
                && rule.Issuer != settings.Jwt.Issuer
                && !settings.Issuers.Any(issuer => issuer.Is(rule.Issuer))
            )
            {
                yield return $"{what} names the issuer '{rule.Issuer}', which is not one of the settings.";
            }
        }
    }
}
