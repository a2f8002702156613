namespace McpRuntime.Http.Metrics;

/// <summary>A number that many threads add to.</summary>
internal sealed class Count
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Add(long number) => Interlocked.Add(ref _value, number);
}
