using System.Data.Common;
using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Tokens;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// Reads the bearer token of a request (RFC 6750): an API token of this gateway or a JWT. Only the Authorization
/// header counts; tokens in URLs end up in logs.
/// </summary>
internal sealed class BearerToken(TokenVerifier tokens, JwtVerifier jwts, RoleBook roles, OpenAccess open, ILogger<BearerToken> logger)
{
    private const string Prefix = "Bearer ";

    /// <summary>The caller, or the fault of what was sent; neither where nothing was.</summary>
    /// <exception cref="ProblemException">What was sent cannot be checked now.</exception>
    public async ValueTask<(Caller? Caller, string? Fault)> ReadAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return (open.Allows(context) ? Caller.Local(context) : null, null);
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return (null, "The Authorization header must be 'Bearer TOKEN'.");
        var text = header[Prefix.Length..].Trim();
        try
        {
            if (!text.StartsWith(TokenSecret.Prefix, StringComparison.Ordinal))
                return await jwts.VerifyAsync(text, context);
            return await tokens.VerifyAsync(text, context.RequestAborted) is { } token
                ? (new Caller(token.CallerId, roles.Find(token.Roles, token.Projects), context) { Token = token, Expires = token.Expires }, null)
                : (null, "The API token is unknown, expired or revoked.");
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            // The database or the authority cannot be asked. Nobody is let in for that, but it is not the caller's fault.
            logger.LogError(exception, "A token could not be checked.");
            throw new ProblemException(Problem.Unavailable("Tokens cannot be checked now; try again later."));
        }
    }
}
