using System.Collections.Concurrent;
using System.Data.Common;
using McpRuntime.Http.Replicas;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>
/// What this process last read of the database's credentials, still encrypted. A change is told to all replicas, which
/// then read again; while the database does not answer, what was read before counts.
/// </summary>
internal sealed class KnownCredentials(CredentialTable table, ReplicaMessages messages, DatabaseOutage outage)
    : IHostedService,
        IDisposable
{
    private const int MostKnown = 10_000;

    // Calls whose credential was read before can go on without an answer, others cannot.
    private static readonly TimeSpan PatienceOfKnown = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan PatienceOfUnknown = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<CredentialSlot, Known> _known = new();
    private readonly List<IDisposable> _following = [];
    private long _forgotten;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _following.Add(messages.On(ReplicaTopics.Credentials, (key, _) => Forget(key, slot => slot.Identity == key)));
        // A connector that is removed takes its credentials along.
        _following.Add(messages.On(ReplicaTopics.Connectors, (key, _) => Forget(key, slot => slot.Project == key)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _following.ForEach(following => following.Dispose());
        _following.Clear();
    }

    /// <summary>
    /// Stamp of what was last read, null where that was nothing; false where it is to be read again.
    /// </summary>
    public bool TryGetStamp(CredentialSlot slot, out string? stamp)
    {
        var isKnown = _known.TryGetValue(slot, out var known) && !known.IsDoubtful;
        stamp = known?.Row?.Stamp;
        return isKnown;
    }

    /// <summary>Tells every replica that a credential of a connector is another one, and forgets it here.</summary>
    public Task ChangedAsync(CredentialSlot slot, CancellationToken cancellationToken) =>
        messages.SendAsync(ReplicaTopics.Credentials, slot.Identity, cancellationToken);

    /// <summary>The row of the database; what was read before where that does not answer.</summary>
    /// <exception cref="McpRuntimeException">It does not answer, and was never read.</exception>
    public async Task<CredentialRow?> ReadAsync(CredentialSlot slot, CancellationToken cancellationToken)
    {
        var isKnown = _known.TryGetValue(slot, out var known);
        if (isKnown && outage.IsSuspected)
            return known!.Row;
        var forgotten = Volatile.Read(ref _forgotten);
        try
        {
            var row = await DatabaseOutage.WithinAsync(
                isKnown ? PatienceOfKnown : PatienceOfUnknown,
                limit => table.FindAsync(slot, limit),
                cancellationToken
            );
            if (_known.Count >= MostKnown)
                _known.Clear();
            _known[slot] = new Known(row, IsDoubtful: false);
            // It may have been read before the change that someone told of meanwhile.
            if (Volatile.Read(ref _forgotten) != forgotten)
                _known.TryRemove(slot, out _);
            return row;
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            return isKnown
                ? known!.Row
                : throw new McpRuntimeException(
                    "Credentials cannot be read now: the database does not answer.",
                    exception
                );
        }
    }

    // What is said of no one in particular may concern none: it is read again, and counts as long as it cannot be.
    private Task Forget(string key, Func<CredentialSlot, bool> isMeant)
    {
        Interlocked.Increment(ref _forgotten);
        foreach (var (slot, known) in _known)
        {
            if (key == ReplicaMessages.Everything)
                _known.TryUpdate(slot, known with { IsDoubtful = true }, known);
            else if (isMeant(slot))
                _known.TryRemove(slot, out _);
        }
        return Task.CompletedTask;
    }

    private sealed record Known(CredentialRow? Row, bool IsDoubtful);
}
