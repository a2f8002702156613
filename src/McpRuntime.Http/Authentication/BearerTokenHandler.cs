using System.Data.Common;
using System.Text.Encodings.Web;
using McpRuntime.Http.Access;
using McpRuntime.Http.Authentication.Sessions;
using McpRuntime.Http.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// Finds out who calls by the bearer token of a request (RFC 6750): an API token of this gateway or a JWT. Only the
/// Authorization header counts; tokens in URLs end up in logs. Without one, a person's browser may have a session.
/// </summary>
internal sealed class BearerTokenHandler(
    BearerTokens tokens,
    OpenAccess open,
    PageSession session,
    Challenge challenge,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = SchemeName + " ";

    // Shared, since no one adds to them: a ticket would otherwise make two dictionaries for every call.
    private static readonly AuthenticationProperties NoProperties = new();

    /// <exception cref="ProblemException">What was sent cannot be checked now.</exception>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            var caller = open.Allows(Context) ? Caller.Local(Context) : session.Find(Context);
            return caller is null ? AuthenticateResult.NoResult() : Success(caller);
        }
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.Fail("The Authorization header must be 'Bearer TOKEN'.");
        try
        {
            var (caller, fault) = await tokens.VerifyAsync(header[Prefix.Length..].Trim(), Context);
            return caller is not null ? Success(caller) : AuthenticateResult.Fail(fault!);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            // The database or the authority is unavailable. No one is let in for that, but it is not the caller's
            // fault.
            Logger.LogError(exception, "A token could not be checked.");
            throw new ProblemException(Problem.Unavailable("Tokens cannot be checked now; try again later."));
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var fault = (await HandleAuthenticateOnceAsync()).Failure?.Message;
        Response.Headers.WWWAuthenticate = challenge.ForToken(Request.Path, fault);
        await ProblemWriter.WriteAsync(
            Context,
            new(401, "unauthenticated", "A token is needed", fault ?? Challenge.Explanation)
        );
    }

    private static AuthenticateResult Success(Caller caller) =>
        AuthenticateResult.Success(new AuthenticationTicket(caller, NoProperties, SchemeName));
}
