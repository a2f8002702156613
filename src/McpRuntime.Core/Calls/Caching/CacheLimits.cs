namespace McpRuntime.Calls.Caching;

/// <summary>Bounds of the cache of a process.</summary>
internal sealed record CacheLimits
{
    /// <summary>Bytes of all answers.</summary>
    public long Bytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes of one body.</summary>
    public int BytesOfAnswer { get; init; } = 1024 * 1024;

    /// <summary>Most answers.</summary>
    public int Most { get; init; } = 1000;

    /// <summary>One caller takes a quarter of all at most.</summary>
    public long BytesOfCaller => Bytes / 4;

    /// <summary>One caller has a quarter of all at most.</summary>
    public int MostOfCaller => Most / 4;
}
