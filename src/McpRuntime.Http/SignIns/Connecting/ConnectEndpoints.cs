using System.Diagnostics;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.KeyRings;
using McpRuntime.Network;
using McpRuntime.SignInFlows;
using static McpRuntime.Http.SignIns.Connecting.ConnectPage;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>
/// <c>/connect</c>: a caller opens a link, proves to be the caller that it was made for, and connects an account.
/// No route needs a token in a header, since browsers send none: the link, the proof and the cookie take its place.
/// </summary>
internal sealed class ConnectEndpoints(
    ConnectTickets tickets,
    ConnectProof proof,
    ConnectCookie cookie,
    ConnectProviders providers,
    DatabaseSignInStore store,
    OpenedLinks opened,
    KeyRing ring,
    ResourceUrls urls,
    AuditLog audit,
    TimeProvider time,
    ILogger<ConnectEndpoints> logger
)
{
    private const string Confirm = ConnectLinks.Path + "/confirm";
    private const string Callback = ConnectLinks.Path + "/callback";
    private const string Done = ConnectLinks.Path + "/done";
    private const string Disconnect = ConnectLinks.Path + "/disconnect";

    private const string StartAgain =
        "This browser has no sign-in under way here, or it has ended. Call the tool again to get a new link, and open "
        + "it in this browser.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.ServiceProvider.GetRequiredService<ConnectEndpoints>();
        Page("GET", ConnectLinks.Path + "/{ticket}", pages.ShowAsync);
        Page("POST", ConnectLinks.Path + "/{ticket}", pages.ProveAsync);
        Page("GET", Confirm, pages.ShowChoiceAsync);
        Page("POST", Confirm, pages.BeginAsync);
        Page("GET", Callback, pages.EndAsync);
        Page("GET", Done, pages.ShowDoneAsync);
        Page("POST", Disconnect, pages.DisconnectAsync);

        void Page(string method, string path, RequestDelegate handler) =>
            routes.MapMethods(path, [method], context => pages.GuardAsync(context, handler)).AllowAnonymous();
    }

    private async Task GuardAsync(HttpContext context, RequestDelegate handler)
    {
        // Traces of requests would have the ticket.
        Activity.Current?.SetTag("url.path", ConnectLinks.Path);
        try
        {
            await (ring.IsConfigured ? handler(context) : NotFoundAsync(context));
        }
        catch (McpRuntimeException exception)
        {
            // It says what the operator or the caller can do, and never holds a secret.
            logger.LogWarning("An account was not connected: {Message}", exception.Message);
            await WriteAsync(context, 409, "The account was not connected", $"<p>{Text(exception.Message)}</p>");
        }
    }

    private async Task ShowAsync(HttpContext context)
    {
        var text = (string)context.Request.RouteValues["ticket"]!;
        if (await tickets.FindAsync(ConnectTickets.HashOf(text), isUsed: false, context.RequestAborted) is null)
            await NotFoundAsync(context);
        else
            await ShowProofAsync(context, 200, "");
    }

    private async Task ProveAsync(HttpContext context)
    {
        var text = (string)context.Request.RouteValues["ticket"]!;
        var found = await tickets.FindAsync(ConnectTickets.HashOf(text), isUsed: false, context.RequestAborted);
        if (found is not { } ticket)
        {
            await NotFoundAsync(context);
            return;
        }
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (caller, status, fault) = await proof.CheckAsync(context, ticket, form["token"].ToString().Trim());
        if (caller is null)
        {
            if (status == 403)
                Note(context, ticket, "sign_in.connect", "refused", "The browser's user is not the link's caller.");
            await (
                status == 401
                    ? ShowProofAsync(context, status, fault)
                    : WriteAsync(context, status, "This is not possible", $"<p>{Text(fault)}</p>")
            );
            return;
        }
        cookie.Write(context, new ConnectSession(ticket.Hash, caller.Id, ConnectTickets.NewText()), ticket.Expires);
        await GoAsync(context, Confirm);
    }

    private async Task ShowChoiceAsync(HttpContext context)
    {
        if (await OpenAsync(context, isUsed: false) is not var (session, ticket))
        {
            await StartAgainAsync(context);
            return;
        }
        using var provider = await providers.FindAsync(ticket, context.RequestAborted);
        using var current = await store.ReadAsync(ticket.Key, context.RequestAborted);
        var page = Origin.Of(provider.Endpoints.Authorization!);
        var scopes = string.Join(' ', provider.Endpoints.Scopes);
        var whose = ticket.Key.Holder is null
            ? "Every caller of this gateway who may use the connector will use this account."
            : "Only your own calls will use this account.";
        await WriteAsync(
            context,
            200,
            $"Connect {provider.Connector.Title ?? ticket.Connector}",
            $"<p>Connector: {Text(ticket.Key.Label)}</p><p>You sign in at {Text(page.ToString())}</p>"
                + $"<p>Scopes: {Text(scopes.Length == 0 ? "those that the provider chooses" : scopes)}</p>"
                + $"<p>{whose}</p>"
                + Form(Confirm, session.FormValue, "Sign in")
                + (
                    current is null
                        ? ""
                        : $"<p>Connected now: {Text(current.Account ?? "an account")}</p>"
                            + Form(Disconnect, session.FormValue, "Disconnect")
                ),
            // The provider may lead on to other pages of its own.
            $"'self' {page} https:"
        );
    }

    private async Task BeginAsync(HttpContext context)
    {
        if (await OpenFormAsync(context, isUsed: false) is not var (session, ticket))
        {
            await StartAgainAsync(context);
            return;
        }
        using var provider = await providers.FindAsync(ticket, context.RequestAborted);
        using var request = AuthorizationRequest.Begin(provider.Endpoints, RedirectUri);
        using var kept = request.Keep();
        cookie.Write(context, session with { Request = kept, Provider = provider.Mark }, ticket.Expires);
        await GoAsync(context, request.Url.AbsoluteUri);
    }

    private async Task EndAsync(HttpContext context)
    {
        var query = context.Request.QueryString.Value ?? "";
        if (await OpenAsync(context, isUsed: false) is not var (session, ticket) || session.Request is not { } kept)
        {
            await StartAgainAsync(context);
            return;
        }
        using var held = kept;
        using var provider = await providers.FindAsync(ticket, context.RequestAborted);
        using var request = AuthorizationRequest.Resume(provider.Endpoints, RedirectUri, kept);
        if (!request.IsAnsweredBy(query))
        {
            Note(context, ticket, "sign_in.connect", "refused", "The answer's state is not that of this browser.");
            await StartAgainAsync(context);
            return;
        }
        if (provider.Mark != session.Provider)
            throw new McpRuntimeException("The connector was changed meanwhile. Open the link again.");
        // Before the code is used: of two answers one wins.
        if (!await tickets.UseAsync(ticket, context.RequestAborted))
        {
            await StartAgainAsync(context);
            return;
        }
        cookie.Write(context, session with { Request = null, Provider = "", IsDone = true }, ticket.Expires);
        await ConnectAsync(context, ticket, provider, request, query);
        await GoAsync(context, Done);
    }

    private async Task ConnectAsync(
        HttpContext context,
        ConnectTicket ticket,
        ConnectProvider provider,
        AuthorizationRequest request,
        string query
    )
    {
        try
        {
            // Not cancelled with the browser: a code that was used and a token that was not kept help no one.
            using var signIn = await providers.Flow.CompleteAsync(
                request,
                query,
                provider.ClientSecret,
                CancellationToken.None,
                provider.Addresses
            );
            await store.ConnectAsync(ticket.Key, signIn, provider.Origins, CancellationToken.None);
            Note(context, ticket, "sign_in.connect", "ok", signIn.Account ?? "");
            opened.Complete(ticket.Hash, ticket.Caller);
        }
        catch (McpRuntimeException exception)
        {
            Note(context, ticket, "sign_in.connect", "error", exception.Message);
            throw new McpRuntimeException($"{exception.Message} Call the tool again to get a new link.");
        }
    }

    private async Task ShowDoneAsync(HttpContext context)
    {
        if (await OpenAsync(context, isUsed: true) is not var (session, ticket) || !session.IsDone)
        {
            await StartAgainAsync(context);
            return;
        }
        using var current = await store.ReadAsync(ticket.Key, context.RequestAborted);
        await (
            current is null
                ? WriteAsync(context, 200, "No account is connected", "<p>You can close this page.</p>")
                : WriteAsync(
                    context,
                    200,
                    "The account is connected",
                    $"<p>{Text(ticket.Key.Label)} uses {Text(current.Account ?? "the account")}. Call the tool again; "
                        + "you can close this page.</p>"
                        + Form(Disconnect, session.FormValue, "Disconnect"),
                    "'self'"
                )
        );
    }

    private async Task DisconnectAsync(HttpContext context)
    {
        var opened = await OpenFormAsync(context, isUsed: false) ?? await OpenFormAsync(context, isUsed: true);
        if (opened is not var (_, ticket))
        {
            await StartAgainAsync(context);
            return;
        }
        var revoked = await RevokeAsync(ticket);
        await store.RemoveAsync(ticket.Key, CancellationToken.None);
        Note(context, ticket, "sign_in.disconnect", "ok", revoked);
        cookie.Delete(context);
        await WriteAsync(
            context,
            200,
            "The account is disconnected",
            $"<p>The gateway has forgotten it. {Text(revoked)}</p>"
        );
    }

    private async Task<string> RevokeAsync(ConnectTicket ticket)
    {
        try
        {
            using var current = await store.ReadAsync(ticket.Key, CancellationToken.None);
            if (current?.RevocationUrl is null)
                return "Its provider has no way to end it from here.";
            var addresses = providers.AddressesOf(ticket);
            await providers.Flow.RevokeAsync(ticket.Key.Connector, current, CancellationToken.None, addresses);
            return "Its provider has ended it.";
        }
        catch (McpRuntimeException exception)
        {
            return $"It could not be ended at its provider; do that in your account there. {exception.Message}";
        }
    }

    private Uri RedirectUri => new(urls.Root + Callback);

    // The ticket must still be good, and of the caller whom this browser's user proved to be.
    private async Task<(ConnectSession Session, ConnectTicket Ticket)?> OpenAsync(HttpContext context, bool isUsed)
    {
        if (cookie.Read(context) is not { } session)
            return null;
        var ticket = await tickets.FindAsync(session.Ticket, isUsed, context.RequestAborted);
        return ticket?.Caller == session.Caller ? (session, ticket) : null;
    }

    private async Task<(ConnectSession Session, ConnectTicket Ticket)?> OpenFormAsync(HttpContext context, bool isUsed)
    {
        if (await OpenAsync(context, isUsed) is not var (session, ticket))
            return null;
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        using var value = new Credentials.Secret(session.FormValue);
        return value.Is(form["value"].ToString()) ? (session, ticket) : null;
    }

    private static Task ShowProofAsync(HttpContext context, int status, string fault) =>
        WriteAsync(
            context,
            status,
            "Connect an account",
            (fault.Length == 0 ? "" : $"<p><strong>{Text(fault)}</strong></p>")
                + "<p>Show that the link is yours: enter the token that your client sends to this gateway. It is "
                + "checked and not kept.</p><form method=\"post\"><p><label>Token of the gateway "
                + "<input type=\"password\" name=\"token\" autocomplete=\"off\" required></label></p>"
                + "<button>Continue</button></form>",
            "'self'"
        );

    private static Task NotFoundAsync(HttpContext context) =>
        WriteAsync(
            context,
            404,
            "Nothing here",
            "<p>This link is unknown, was used, or has expired. Call the tool again to get a new one.</p>"
        );

    private static Task StartAgainAsync(HttpContext context) =>
        WriteAsync(context, 403, "Start again", $"<p>{StartAgain}</p>");

    private void Note(HttpContext context, ConnectTicket ticket, string action, string outcome, string detail) =>
        audit.Add(
            new AuditEntry(
                time.GetUtcNow(),
                ticket.Caller,
                action,
                $"{ticket.Key.Connector} {ticket.Key.Scheme}",
                outcome,
                TimeSpan.Zero,
                context.TraceIdentifier,
                context.Connection.RemoteIpAddress?.ToString() ?? ""
            )
            {
                Project = ticket.Project,
                Detail = detail,
            }
        );
}
