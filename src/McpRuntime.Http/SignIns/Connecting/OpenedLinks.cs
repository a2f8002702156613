using System.Collections.Concurrent;
using McpRuntime.Http.Replicas;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>
/// The links that MCP sessions of this process were given, so that their clients hear when the account is connected,
/// by whatever replica.
/// </summary>
internal sealed class OpenedLinks : IDisposable
{
    private const int MostKept = 10_000;
    private const string Link = "link ";

    private readonly ConcurrentDictionary<string, OpenedLink> _links = new();
    private readonly ReplicaMessages _messages;
    private readonly TimeProvider _time;
    private readonly IDisposable _following;

    public OpenedLinks(ReplicaMessages messages, TimeProvider time)
    {
        (_messages, _time) = (messages, time);
        _following = messages.On(ReplicaTopics.SignIns, (key, _) => OnMessage(key));
    }

    /// <summary>An account was connected by a link of a session of this process.</summary>
    public event Action<OpenedLink>? Completed;

    /// <param name="hash"><see cref="ConnectTicket.Hash"/>, by which the client knows the link, too.</param>
    /// <param name="caller">Whose session it is.</param>
    /// <param name="session">The session that gets the link.</param>
    public void Note(string hash, string caller, string session)
    {
        var now = _time.GetUtcNow();
        if (_links.Count >= MostKept)
        {
            foreach (var (old, link) in _links)
            {
                if (link.Ends <= now)
                    _links.TryRemove(old, out _);
            }
        }
        if (_links.Count < MostKept)
            _links[hash] = new OpenedLink(hash, caller, session, now + ConnectTickets.Lifetime);
    }

    /// <summary>Tells the session, once, on the replica that has it.</summary>
    /// <param name="hash"><see cref="ConnectTicket.Hash"/>, of which a used ticket cannot be made.</param>
    public Task CompleteAsync(string hash) =>
        _messages.SendAsync(ReplicaTopics.SignIns, Link + hash, CancellationToken.None);

    public void Dispose() => _following.Dispose();

    private Task OnMessage(string key)
    {
        if (key.StartsWith(Link, StringComparison.Ordinal) && _links.TryRemove(key[Link.Length..], out var link))
            Completed?.Invoke(link);
        return Task.CompletedTask;
    }
}

/// <param name="Hash"><see cref="ConnectTicket.Hash"/>.</param>
/// <param name="Caller">Whose session it is.</param>
/// <param name="Session">The session that was given the link.</param>
/// <param name="Ends">When the link ends.</param>
internal sealed record OpenedLink(string Hash, string Caller, string Session, DateTimeOffset Ends);
