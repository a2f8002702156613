using System.Collections.Concurrent;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>
/// The links that MCP sessions of this process were given, so that their clients hear when the account is connected.
/// </summary>
internal sealed class OpenedLinks(TimeProvider time)
{
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<string, (string Session, DateTimeOffset Ends)> _links = new();

    /// <summary>An account was connected by a link of a session of this process.</summary>
    public event Action<CompletedLink>? Completed;

    /// <param name="hash"><see cref="ConnectTicket.Hash"/>, by which the client knows the link, too.</param>
    /// <param name="session">The session that gets the link.</param>
    public void Note(string hash, string session)
    {
        var now = time.GetUtcNow();
        if (_links.Count >= MostKept)
        {
            foreach (var (old, (_, ends)) in _links)
            {
                if (ends <= now)
                    _links.TryRemove(old, out _);
            }
        }
        if (_links.Count < MostKept)
            _links[hash] = (session, now + ConnectTickets.Lifetime);
    }

    /// <summary>Tells the session, once; nothing where no session of this process was given the link.</summary>
    /// <param name="hash"><see cref="ConnectTicket.Hash"/>.</param>
    /// <param name="caller">Whose session it must be.</param>
    public void Complete(string hash, string caller)
    {
        if (_links.TryRemove(hash, out var link))
            Completed?.Invoke(new CompletedLink(hash, caller, link.Session));
    }
}

/// <param name="Hash"><see cref="ConnectTicket.Hash"/>.</param>
/// <param name="Caller">Who connected the account.</param>
/// <param name="Session">The session that was given the link.</param>
internal sealed record CompletedLink(string Hash, string Caller, string Session);
