using System.Collections.Immutable;

namespace McpRuntime.Http.Replicas;

/// <summary>The replicas that share the database, as they were at the last look; asks no one.</summary>
internal sealed class LiveReplicas(Replica own)
{
    private volatile ImmutableList<ReplicaState> _all = [];

    /// <summary>By id; empty before the first look.</summary>
    public ImmutableList<ReplicaState> All => _all;

    /// <summary>How many there are, this one included.</summary>
    public int Count => Math.Max(1, _all.Count);

    /// <summary>Someone watches the live view at another replica.</summary>
    public bool IsWatchedElsewhere { get; private set; }

    /// <summary>Raised after each look. Listeners only note it.</summary>
    public event Action? Changed;

    public void Set(IEnumerable<ReplicaState> all)
    {
        _all = [.. all];
        IsWatchedElsewhere = _all.Exists(replica => replica.Viewers > 0 && replica.Id != own.Id);
        Changed?.Invoke();
    }
}
