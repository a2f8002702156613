using McpRuntime.SignInFlows;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>Finds the session of a request and the ticket that it is of, which must still be good.</summary>
internal sealed class ConnectSessions(ConnectCookie cookie, ConnectTickets tickets)
{
    /// <summary>The session that the URL names; null where this browser does not have it.</summary>
    public async Task<(ConnectSession Session, ConnectTicket Ticket)?> OpenAsync(HttpContext context, bool isUsed) =>
        cookie.Read(context, ConnectPaths.SessionOf(context)) is { } session
        && await TicketOfAsync(context, session, isUsed) is { } ticket
            ? (session, ticket)
            : null;

    /// <summary>As <see cref="OpenAsync"/>, for a form that one of its pages showed.</summary>
    public async Task<(ConnectSession Session, ConnectTicket Ticket)?> OpenFormAsync(HttpContext context, bool isUsed)
    {
        if (await OpenAsync(context, isUsed) is not var (session, ticket))
            return null;
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        using var value = new Credentials.Secret(session.FormValue);
        return value.Is(form["value"].ToString()) ? (session, ticket) : null;
    }

    /// <summary>The session of this browser whose request is answered; providers know one URL for all.</summary>
    /// <returns>The session; without one, a ticket that waits for an answer of its own, for the audit.</returns>
    public async Task<((ConnectSession Session, ConnectTicket Ticket)? Found, ConnectTicket? Other)> FindAnsweredAsync(
        HttpContext context,
        string query
    )
    {
        ConnectTicket? other = null;
        foreach (var session in cookie.ReadAll(context))
        {
            if (session.Request is not { } request)
                continue;
            if (await TicketOfAsync(context, session, isUsed: false) is not { } ticket)
                continue;
            if (AuthorizationRequest.IsAnswerTo(request, query))
                return ((session, ticket), null);
            other = ticket;
        }
        return (null, other);
    }

    // Of the caller whom this browser's user proved to be.
    private async Task<ConnectTicket?> TicketOfAsync(HttpContext context, ConnectSession session, bool isUsed) =>
        await tickets.FindAsync(session.Ticket, isUsed, context.RequestAborted) is { } ticket
        && ticket.Caller == session.Caller
            ? ticket
            : null;
}
