using McpRuntime.Http.Access;
using McpRuntime.Http.Tokens;

namespace McpRuntime.Http.Authentication;

/// <summary>Finds the caller behind a token: an API token of this gateway or a JWT.</summary>
internal sealed class BearerTokens(TokenVerifier tokens, JwtVerifier jwts, RoleBook roles)
{
    /// <summary>The caller; null with the reason for a token that is not accepted.</summary>
    public async ValueTask<(Caller? Caller, string? Fault)> VerifyAsync(string text, HttpContext context)
    {
        if (!text.StartsWith(TokenSecret.Prefix, StringComparison.Ordinal))
            return await jwts.VerifyAsync(text, context);
        return await tokens.VerifyAsync(text, context.RequestAborted) is { } token
            ? (
                new Caller(CallerKind.ApiToken, token.CallerId, roles.Find(token.Roles, token.Projects), context)
                {
                    Name = token.Name,
                    Token = token,
                    Expires = token.Expires,
                },
                null
            )
            : (null, "The API token is unknown, expired or revoked.");
    }
}
