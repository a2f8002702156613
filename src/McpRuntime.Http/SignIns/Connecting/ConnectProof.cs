using System.Data.Common;
using McpRuntime.Http.Access;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Authentication.Sessions;
using McpRuntime.Http.RateLimits;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>
/// Finds out whether the user of a browser is the caller of a ticket, by a token of the gateway, or by who is signed in
/// where there is none.
/// </summary>
internal sealed class ConnectProof(
    BearerTokens tokens,
    PageSession session,
    TimeProvider time,
    ILogger<ConnectProof> logger
)
{
    private const int AttemptsPerMinute = 20;

    private readonly CallerLimiter _attempts = new(AttemptsPerMinute, time);

    /// <summary>The caller; null with the answer for anyone else.</summary>
    public async Task<(Caller? Caller, int Status, string Fault)> CheckAsync(
        HttpContext context,
        ConnectTicket ticket,
        string token
    )
    {
        // Good ones too: an address that may guess no more learns nothing from a good guess either.
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (!_attempts.TryTake(address, out _))
            return (null, 429, "There were too many attempts. Wait a minute.");
        Caller? caller;
        string? fault;
        try
        {
            (caller, fault) =
                token.Length == 0 && session.Find(context) is { } person
                    ? (person, null)
                    : await tokens.VerifyAsync(token, context, ResourceOf(ticket));
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            logger.LogError(exception, "A token could not be checked.");
            return (null, 503, "Tokens cannot be checked now; try again later.");
        }
        if (caller is null)
            return (null, 401, fault!);
        if (caller.Id != ticket.Caller)
            return (null, 403, "This link was made for another caller. Call the tool yourself to get a link.");
        return
            ConnectLinks.MayConnect(caller, ticket.Key, ticket.Project)
            && caller.AllowsConnector(ticket.Project, ticket.Connector)
            ? (caller, 200, "")
            : (null, 403, "Your roles do not allow you to connect this account.");
    }

    // The endpoint that the ticket's call may have come to: a JWT may be good there alone.
    private static PathString ResourceOf(ConnectTicket ticket) =>
        ticket.Project is { } project ? $"/projects/{project}/mcp" : $"/mcp/{ticket.Connector}";
}
