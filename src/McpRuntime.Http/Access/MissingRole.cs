using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.Access;

/// <summary>Says what a caller lacks whose token is good and brings no role.</summary>
internal sealed class MissingRole(RoleBook roles, GatewaySettings settings)
{
    public string Explain(Caller caller)
    {
        if (caller.Kind == CallerKind.ApiToken)
            return "The roles of this API token are no longer defined. Define them in MCP_RUNTIME_ROLES_FILE, or "
                + "create another token.";
        var claims = roles
            .Claims.Concat(RolesClaimOf(caller) is { } direct ? [direct] : [])
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return claims.Count == 0
            ? "The token is valid, but no claim is mapped to a role. Map one under 'claims' in "
                + "MCP_RUNTIME_ROLES_FILE, or name the claim whose values are roles of this gateway in "
                + "MCP_RUNTIME_JWT_ROLES_CLAIM."
            : $"The token is valid, but has no role: no value of its claims ({string.Join(", ", claims)}) is "
                + $"mapped to one. Ask for a mapping under 'claims' in MCP_RUNTIME_ROLES_FILE.";
    }

    private string? RolesClaimOf(Caller caller) =>
        caller.Issuer is { } issuer ? issuer.RolesClaim : settings.Jwt.RolesClaim;
}
