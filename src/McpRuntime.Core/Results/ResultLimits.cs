namespace McpRuntime.Results;

/// <summary>How much is stored, and for how long.</summary>
internal sealed record ResultLimits
{
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(30);

    public int MostOfCaller { get; init; } = 100;

    public long BytesOfCaller { get; init; } = 64L << 20;

    public int Most { get; init; } = 1000;

    public long Bytes { get; init; } = 256L << 20;

    /// <summary>Of <see cref="Bytes"/>, what is kept in memory; the rest goes to files.</summary>
    public long BytesInMemory { get; init; } = 16L << 20;
}
