using McpRuntime.Http.Access;
using McpRuntime.Http.Tokens;

namespace McpRuntime.Http.Authentication;

/// <summary>Finds the caller behind a token: an API token of this gateway or a JWT.</summary>
internal sealed class BearerTokens(TokenVerifier tokens, JwtVerifier jwts, RoleBook roles)
{
    /// <summary>The caller; null with the reason for a token that is not accepted.</summary>
    /// <param name="text">The token.</param>
    /// <param name="context">The request.</param>
    /// <param name="path">The resource that the audience of a JWT may name; null for the path of the request.</param>
    public async ValueTask<(Caller? Caller, string? Fault)> VerifyAsync(
        string text,
        HttpContext context,
        PathString? path = null
    )
    {
        if (!text.StartsWith(TokenSecret.Prefix, StringComparison.Ordinal))
            return await jwts.VerifyAsync(text, context, path ?? context.Request.Path);
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
