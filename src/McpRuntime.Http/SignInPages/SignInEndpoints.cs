using System.Globalization;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Authentication.Issuers;
using McpRuntime.Http.Authentication.Sessions;
using McpRuntime.Http.RateLimits;
using McpRuntime.Http.SignIns.Connecting;
using McpRuntime.SignInFlows;
using static McpRuntime.Http.SignIns.Connecting.ConnectPage;

namespace McpRuntime.Http.SignInPages;

/// <summary>
/// <c>/sign-in</c>: a person signs in at an issuer that the gateway trusts (authorization code with PKCE, OpenID
/// Connect Core 1.0 section 3.1), and their browser gets a session.
/// </summary>
internal sealed class SignInEndpoints(
    KnownIssuers issuers,
    IssuerSignIn signIn,
    PendingSignIns pending,
    PageSession session,
    AuditLog audit,
    TimeProvider time,
    ILogger<SignInEndpoints> logger
)
{
    public const string Callback = SignInLinks.Path + "/callback";

    private const int AttemptsPerMinute = 120;

    private const string StartAgain =
        "This browser has no sign-in under way here, or it has ended. Sign in again in this browser.";

    private readonly CallerLimiter _attempts = new(AttemptsPerMinute, time);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.ServiceProvider.GetRequiredService<SignInEndpoints>();
        Page("GET", SignInLinks.Path, pages.BeginAsync);
        Page("GET", Callback, pages.EndAsync);
        Page("GET", Callback + "/{issuer}", pages.EndAsync);
        Page("POST", "/sign-out", pages.SignOutAsync);

        void Page(string method, string path, RequestDelegate handler) =>
            routes.MapMethods(path, [method], context => pages.GuardAsync(context, handler)).AllowAnonymous();
    }

    private async Task GuardAsync(HttpContext context, RequestDelegate handler)
    {
        if (!_attempts.TryTake(context.Connection.RemoteIpAddress?.ToString() ?? "", out _))
        {
            await RefuseAsync(context, 429, "There were too many attempts. Wait a minute.");
            return;
        }
        try
        {
            await handler(context);
        }
        catch (McpRuntimeException exception)
        {
            // It says what can be done, and never holds a secret.
            logger.LogWarning("No one was signed in: {Message}", exception.Message);
            Note(context, "anonymous", "session.begin", "refused", exception.Message);
            var isUnreachable = exception.InnerException is InvalidOperationException or OperationCanceledException;
            await RefuseAsync(context, isUnreachable ? 503 : 403, exception.Message);
        }
    }

    private async Task BeginAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var back = query.TryGetValue("return", out var wanted) ? wanted.ToString() : "/";
        if (!LocalPath.Is(back))
        {
            await RefuseAsync(context, 400, "The link leads to another site.");
            return;
        }
        if (IssuerOf(query["issuer"].ToString()) is not { } issuer)
        {
            await RefuseAsync(context, 404, "This gateway has no such issuer to sign in at.");
            return;
        }
        var endpoints = await IssuerSignIn.EndpointsAsync(issuer, context.RequestAborted);
        using var request = AuthorizationRequest.Begin(endpoints, signIn.RedirectUri(issuer));
        using var kept = request.Keep();
        pending.Write(context, new PendingSignIn(issuer.Settings.Name, kept, back));
        await GoAsync(context, request.Url.AbsoluteUri);
    }

    private async Task EndAsync(HttpContext context)
    {
        var query = context.Request.QueryString.Value ?? "";
        var begun = pending.Read(context);
        using var kept = begun?.Request;
        if (
            begun is null
            || issuers.ForPeople.FirstOrDefault(known => known.Settings.Name == begun.Issuer) is not { } issuer
            // Where another issuer sends its answers (mix-up).
            || context.Request.Path != issuer.Settings.Callback
        )
        {
            await RefuseAsync(context, 403, StartAgain);
            return;
        }
        var endpoints = await IssuerSignIn.EndpointsAsync(issuer, context.RequestAborted);
        using var request = AuthorizationRequest.Resume(endpoints, signIn.RedirectUri(issuer), begun.Request);
        if (!request.IsAnsweredBy(query))
        {
            Note(context, "anonymous", "session.begin", "refused", "The answer's state is not that of this browser.");
            await RefuseAsync(context, 403, StartAgain);
            return;
        }
        // Good for one answer, whatever comes of it.
        pending.Delete(context);
        var person = await signIn.CompleteAsync(issuer, request, query, context);
        session.Begin(context, person);
        Note(context, person.Id, "session.begin", "ok", string.Join(' ', person.RoleNames));
        await GoAsync(context, begun.Back);
    }

    private Task SignOutAsync(HttpContext context)
    {
        session.End(context);
        if (session.Find(context) is { } person)
            Note(context, person.Id, "session.end", "ok", "");
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private KnownIssuer? IssuerOf(string number) =>
        int.TryParse(number.Length == 0 ? "0" : number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? issuers.ForPeople.ElementAtOrDefault(index)
            : null;

    private static Task RefuseAsync(HttpContext context, int status, string fault) =>
        WriteAsync(
            context,
            status,
            new PageContent(
                "You are not signed in",
                Notice(fault) + "<p><a href=\"/\">To the page of the gateway</a></p>"
            )
        );

    private void Note(HttpContext context, string caller, string action, string outcome, string detail) =>
        audit.Add(
            new AuditEntry(
                time.GetUtcNow(),
                caller,
                action,
                SignInLinks.Path,
                outcome,
                TimeSpan.Zero,
                context.TraceIdentifier,
                context.Connection.RemoteIpAddress?.ToString() ?? ""
            )
            {
                Detail = detail,
            }
        );
}
