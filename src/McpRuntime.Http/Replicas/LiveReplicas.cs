namespace McpRuntime.Http.Replicas;

/// <summary>The other replicas of the database, as they were at the last look; asks no one.</summary>
internal sealed class LiveReplicas
{
    private volatile IReadOnlyList<ReplicaState> _others = [];

    /// <summary>Raised after each look. Listeners only note it.</summary>
    public event Action? Changed;

    public IReadOnlyList<ReplicaState> Others => _others;

    /// <summary>How many replicas there are, this one included.</summary>
    public int Count => _others.Count + 1;

    /// <summary>Someone watches the live view at another replica.</summary>
    public bool IsWatchedElsewhere => _others.Any(replica => replica.Viewers > 0);

    public void Set(IReadOnlyList<ReplicaState> others)
    {
        _others = others;
        Changed?.Invoke();
    }
}
