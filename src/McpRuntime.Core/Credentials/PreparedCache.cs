using System.Collections.Concurrent;
using McpRuntime.Approvals;

namespace McpRuntime.Credentials;

/// <summary>Prepared credentials by what calls need; as many as the served tools have different needs.</summary>
internal sealed class PreparedCache(ApprovalStore approvals, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<CredentialNeeds, PreparedCredentials> _prepared = new();

    /// <summary>Credentials that are still good, held for one more call; null where there are none.</summary>
    public CallCredentials? Find(CredentialNeeds needs)
    {
        if (!_prepared.TryGetValue(needs, out var known) || !known.TryHold())
            return null;
        if (known.IsGood(approvals.For(needs.Connector), time))
            return new CallCredentials(known);
        known.Release();
        return null;
    }

    /// <summary>Keeps what was prepared, in the place of what was kept before.</summary>
    public void Keep(CredentialNeeds needs, PreparedCredentials prepared)
    {
        if (!prepared.TryHold())
            return;
        // Credentials that no call used for a while must not stay in memory.
        foreach (var (other, old) in _prepared)
        {
            if (time.GetElapsedTime(old.Since) >= PreparedCredentials.Lifetime)
                Drop(other);
        }
        PreparedCredentials? before = null;
        _prepared.AddOrUpdate(needs, prepared, (_, known) =>
        {
            before = known;
            return prepared;
        });
        before?.Release();
    }

    public void Dispose()
    {
        foreach (var needs in _prepared.Keys)
            Drop(needs);
    }

    private void Drop(CredentialNeeds needs)
    {
        if (_prepared.TryRemove(needs, out var prepared))
            prepared.Release();
    }
}
