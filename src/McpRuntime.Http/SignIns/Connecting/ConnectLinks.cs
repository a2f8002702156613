using System.Data.Common;
using McpRuntime.Calls.Answers;
using McpRuntime.Credentials;
using McpRuntime.Http.Access;
using McpRuntime.Http.Authentication;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>Makes the links by which callers connect accounts.</summary>
internal sealed class ConnectLinks(
    ConnectTickets tickets,
    ResourceUrls urls,
    DatabaseSignInStore store,
    OpenedLinks opened,
    ILogger<ConnectLinks> logger
)
{
    /// <summary>What a caller is told whose call needs a sign-in; null where there is nothing to add.</summary>
    /// <param name="caller">Who called.</param>
    /// <param name="key">The sign-in that is needed.</param>
    /// <param name="project">The connector's project.</param>
    /// <param name="session">The MCP session, which is told when the account is connected; null without one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ConnectOffer?> OfferAsync(
        Caller caller,
        CredentialKey key,
        string? project,
        string? session,
        CancellationToken cancellationToken
    )
    {
        if (!store.IsConfigured)
            return null;
        if (!MayConnect(caller, key, project))
            return Without(
                $"The account of {key.Label} is shared by all callers, and the right 'credentials' is needed to "
                    + "connect it. Ask who administers the gateway."
            );
        if (caller.Kind == CallerKind.Local)
            return Without("Accounts can be connected by callers with a token; this one was let in without one.");
        try
        {
            var link = await MakeAsync(caller, key, project, cancellationToken);
            var url = new Uri(urls.Root + link.Path);
            // An account that all callers share is not connected in passing.
            var isOwn = key.Holder is not null;
            if (isOwn && session is not null)
                opened.Note(link.Hash, caller.Id, session);
            return new ConnectOffer(
                $"To connect the account, open {url} in a browser within "
                    + $"{ConnectTickets.Lifetime.TotalMinutes:0} minutes, then call again. The link is only for the "
                    + "caller of this call, who shows the token of the gateway there.",
                isOwn
                    ? new UserPage(url, $"Connect your account for {key.Label}, then call the tool again.", link.Hash)
                    : null
            );
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            logger.LogError(exception, "A link to connect an account could not be made.");
            return Without(
                "A link to connect the account cannot be made now, since the database does not answer. Try again."
            );
        }
    }

    /// <summary>Makes a link.</summary>
    /// <param name="caller">Who alone can use it; <see cref="MayConnect"/> was asked.</param>
    /// <param name="key">The sign-in that it makes.</param>
    /// <param name="project">The connector's project.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ConnectLink> MakeAsync(
        Caller caller,
        CredentialKey key,
        string? project,
        CancellationToken cancellationToken
    )
    {
        var ticket = await tickets.CreateAsync(caller.Id, key, project, cancellationToken);
        return new ConnectLink($"{ConnectPaths.Root}/{ticket}", ConnectTickets.HashOf(ticket));
    }

    private static ConnectOffer Without(string text) => new(text, Page: null);

    /// <summary>Their own account, or the shared one with the right to it.</summary>
    public static bool MayConnect(Caller caller, CredentialKey key, string? project) =>
        key.Holder is { } holder ? holder == caller.Id : caller.Holds(Rights.Credentials, project);
}

/// <param name="Path">From the gateway's URL on; it has the ticket.</param>
/// <param name="Hash"><see cref="ConnectTicket.Hash"/>.</param>
internal sealed record ConnectLink(string Path, string Hash);
