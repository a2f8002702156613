using Microsoft.IdentityModel.Tokens;

namespace McpRuntime.Http.Configuration;

/// <summary>Which JWTs are accepted; a key of ours, an authority, or both.</summary>
internal sealed class JwtSettings
{
    /// <summary>Key of HS256 JWTs. In production, keys that can be guessed are refused.</summary>
    /// <setting name="JWT_SECRET_KEY" values="at least 32 bytes of random text" otherwise="none"/>
    public SymmetricSecurityKey? SecretKey { get; init; }

    /// <summary>Issuer whose JWTs are accepted (RS, PS and ES algorithms); its metadata name the keys.</summary>
    /// <setting name="JWT_AUTHORITY" otherwise="none"/>
    public Uri? Authority { get; init; }

    /// <summary>The issuer (<c>iss</c>) of JWTs signed with the secret key.</summary>
    /// <setting name="JWT_ISSUER" values="text" default="mcp-runtime"/>
    public string Issuer { get; init; } = "mcp-runtime";

    /// <summary>The audience (<c>aud</c>) of accepted JWTs.</summary>
    /// <setting name="JWT_AUDIENCE" values="text" otherwise="PUBLIC_URL, its /mcp, or the URL that is called"/>
    public string? Audience { get; init; }

    /// <summary>
    /// A claim whose values are role names of this gateway, <c>admin</c> included, e.g. <c>roles</c> or
    /// <c>realm_access.roles</c>. Groups and roles at an identity provider are not named with this gateway in mind, so
    /// only its operator can say that they mean the same.
    /// </summary>
    /// <setting
    ///   name="JWT_ROLES_CLAIM"
    ///   values="a claim's name"
    ///   otherwise="none; claims are mapped to roles only by ROLES_FILE"
    /// />
    public string? RolesClaim { get; init; }

    /// <summary>Role of JWTs to which no claim brings one.</summary>
    /// <setting name="JWT_DEFAULT_ROLE" values="a role's name" otherwise="none"/>
    public string? DefaultRole { get; init; }
}
