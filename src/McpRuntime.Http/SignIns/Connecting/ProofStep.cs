using static McpRuntime.Http.SignIns.Connecting.ConnectPage;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>The page of a link: its user proves to be the caller that the link was made for.</summary>
internal sealed class ProofStep(
    ConnectTickets tickets,
    ConnectProof proof,
    PersonOffer person,
    ConnectCookie cookie,
    ConnectAudit audit
)
{
    public async Task ShowAsync(HttpContext context) =>
        await (await FindAsync(context) is null ? NotFoundAsync(context) : AskAsync(context, 200, ""));

    public async Task ProveAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } ticket)
        {
            await NotFoundAsync(context);
            return;
        }
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (caller, status, fault) = await proof.CheckAsync(context, ticket, form["token"].ToString().Trim());
        if (caller is null)
        {
            if (status == 403)
                audit.Refused(context, ticket, "The browser's user is not the link's caller.");
            await (
                status == 401
                    ? AskAsync(context, status, fault)
                    : FailAsync(context, status, "This is not possible", fault)
            );
            return;
        }
        var session = new ConnectSession(ticket.Hash, caller.Id, ConnectTickets.NewText());
        cookie.Write(context, session, ticket.Expires);
        await GoAsync(context, ConnectPaths.Of(ConnectPaths.Confirm, session.Id));
    }

    private Task<ConnectTicket?> FindAsync(HttpContext context) =>
        tickets.FindAsync(ConnectTickets.HashOf(ConnectPaths.TicketOf(context)), isUsed: false, context.RequestAborted);

    private Task AskAsync(HttpContext context, int status, string fault)
    {
        var offer = person.For(context);
        return WriteAsync(
            context,
            status,
            new PageContent(
                "Connect an account",
                (fault.Length == 0 ? "" : Notice(fault))
                    + (
                        offer.Length == 0
                            ? "<p>Show that this link is yours: enter"
                            : $"<p>Show that this link is yours.</p>{offer}<p>Or enter"
                    )
                    + " the token that your client sends to this gateway. It is checked and not kept.</p>"
                    + "<form method=\"post\"><label for=\"token\">Token of the gateway</label>"
                    + "<input id=\"token\" type=\"password\" name=\"token\" autocomplete=\"off\" spellcheck=\"false\" "
                    + (
                        // One button is the first choice.
                        offer.Length == 0
                            ? "required autofocus><button>Continue</button></form>"
                            : "required><button class=\"second\">Continue with the token</button></form>"
                    )
            )
            {
                Step = ConnectStep.Proof,
                FormTargets = "'self'",
            }
        );
    }
}
