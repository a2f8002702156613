using McpRuntime.SignInFlows;
using static McpRuntime.Http.SignIns.Connecting.ConnectPage;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>The provider sends the browser back with a code; the account is connected.</summary>
internal sealed class AnswerStep(
    ConnectSessions sessions,
    ConnectTickets tickets,
    ConnectCookie cookie,
    ConnectProviders providers,
    DatabaseSignInStore store,
    OpenedLinks opened,
    ConnectAudit audit
)
{
    public async Task EndAsync(HttpContext context)
    {
        var query = context.Request.QueryString.Value ?? "";
        var (found, other) = await sessions.FindAnsweredAsync(context, query);
        if (found is not var (session, ticket))
        {
            if (other is not null)
                audit.Refused(context, other, "The answer's state is not that of this browser.");
            await StartAgainAsync(context);
            return;
        }
        using var kept = session.Request!;
        using var provider = await providers.FindAsync(ticket, context.RequestAborted);
        using var request = AuthorizationRequest.Resume(provider.Endpoints, providers.RedirectUri, kept);
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
        await GoAsync(context, ConnectPaths.Of(ConnectPaths.Done, session.Id));
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
            audit.Connected(context, ticket, signIn.Account);
            await opened.CompleteAsync(ticket.Hash);
        }
        catch (McpRuntimeException exception)
        {
            audit.Failed(context, ticket, exception.Message);
            throw new McpRuntimeException($"{exception.Message} Call the tool again to get a new link.");
        }
    }
}
