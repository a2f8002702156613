using System.Data.Common;
using System.Text.Encodings.Web;
using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// Reads the bearer token of a request (RFC 6750): an API token of this gateway or a JWT. Only the Authorization
/// header counts; tokens in URLs end up in logs.
/// </summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    TokenVerifier tokens,
    JwtVerifier jwts,
    RoleBook roles,
    OpenAccess open,
    Challenge challenge) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";

    private static readonly object FaultKey = new();

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return open.Allows(Context) ? Accept(Caller.Local(Context)) : AuthenticateResult.NoResult();
        const string Prefix = SchemeName + " ";
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return Refuse("The Authorization header must be 'Bearer TOKEN'.");
        var text = header[Prefix.Length..].Trim();
        try
        {
            if (text.StartsWith(TokenSecret.Prefix, StringComparison.Ordinal))
            {
                return await tokens.VerifyAsync(text, Context.RequestAborted) is { } token
                    ? Accept(new Caller($"token:{token.Id}", roles.Find(token.Roles), SchemeName, Context))
                    : Refuse("The API token is unknown, expired or revoked.");
            }
            var (caller, fault) = await jwts.VerifyAsync(text, Context);
            return caller is null ? Refuse(fault!) : Accept(caller);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            // The database or the authority cannot be asked. Nobody is let in for that, but it is not the caller's fault.
            Logger.LogError(exception, "A token could not be checked.");
            throw new ProblemException(Problem.Unavailable("Tokens cannot be checked now; try again later."));
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var fault = Context.Items[FaultKey] as string;
        Response.Headers[HeaderNames.WWWAuthenticate] = challenge.For(Request.Path, fault);
        return ProblemWriter.WriteAsync(Context, new(
            401, "unauthenticated", "A token is needed", fault ?? Challenge.Explanation(Context)));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ProblemWriter.WriteAsync(Context, new(
        403, "forbidden", "The caller's roles do not allow this", "Ask for a token with a role that grants it."));

    private static AuthenticateResult Accept(Caller caller) => AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName));

    private AuthenticateResult Refuse(string fault)
    {
        Context.Items[FaultKey] = fault;
        return AuthenticateResult.Fail(fault);
    }
}
