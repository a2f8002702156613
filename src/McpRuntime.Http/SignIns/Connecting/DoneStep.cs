using static McpRuntime.Http.SignIns.Connecting.ConnectPage;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>The page after an account was connected, and the end of one.</summary>
internal sealed class DoneStep(
    ConnectSessions sessions,
    ConnectCookie cookie,
    DatabaseSignInStore store,
    SignInRemoval removal,
    ConnectAudit audit
)
{
    public async Task ShowAsync(HttpContext context)
    {
        if (await sessions.OpenAsync(context, isUsed: true) is not var (session, ticket) || !session.IsDone)
        {
            await StartAgainAsync(context);
            return;
        }
        using var current = await store.ReadAsync(ticket.Key, context.RequestAborted);
        await WriteAsync(
            context,
            200,
            current is null
                ? new PageContent("No account is connected", "<p>You can close this page.</p>")
                : new PageContent(
                    "The account is connected",
                    Facts([("Connector", ticket.Key.Connector), ("Account", current.Account ?? "the account")])
                        + Note("Call the tool again. You can close this page.")
                        + DisconnectForm(session)
                )
                {
                    Step = ConnectStep.Done,
                    FormTargets = "'self'",
                }
        );
    }

    public async Task DisconnectAsync(HttpContext context)
    {
        var opened = await sessions.OpenFormAsync(context, isUsed: false)
            ?? await sessions.OpenFormAsync(context, isUsed: true);
        if (opened is not var (session, ticket))
        {
            await StartAgainAsync(context);
            return;
        }
        var revoked = await removal.EndAsync(ticket.Key) ?? "";
        audit.Disconnected(context, ticket, revoked);
        cookie.Delete(context, session.Id);
        await WriteAsync(
            context,
            200,
            new PageContent(
                "The account is disconnected",
                $"<p>The gateway has forgotten it. {Text(revoked)}</p><p>You can close this page.</p>"
            )
        );
    }
}
