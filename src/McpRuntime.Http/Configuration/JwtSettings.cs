using Microsoft.IdentityModel.Tokens;

namespace McpRuntime.Http.Configuration;

/// <summary>Which JWTs are accepted; a key of ours, an authority, or both.</summary>
internal sealed class JwtSettings
{
    /// <summary><c>JWT_SECRET_KEY</c> as the key of HS256; null for none.</summary>
    public SymmetricSecurityKey? SecretKey { get; init; }

    /// <summary>
    /// <c>JWT_AUTHORITY</c>: its discovery document names the issuer and the keys of RS256 and ES256.
    /// </summary>
    public Uri? Authority { get; init; }

    /// <summary><c>JWT_ISSUER</c>: the issuer of tokens that the secret key signs.</summary>
    public string Issuer { get; init; } = "mcp-runtime";

    /// <summary><c>JWT_AUDIENCE</c>: takes the place of the public URL.</summary>
    public string? Audience { get; init; }

    /// <summary>
    /// <c>JWT_ROLES_CLAIM</c>: a claim whose values are names of roles; null for none. No one who names groups or roles
    /// at an identity provider thinks of this gateway, so that only the operator can say that they mean the same.
    /// </summary>
    public string? RolesClaim { get; init; }

    /// <summary><c>JWT_DEFAULT_ROLE</c>: the role of tokens to which nothing else brings one; null for none.</summary>
    public string? DefaultRole { get; init; }
}
