using System.Collections.Concurrent;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;

namespace McpRuntime.Http.Calls;

/// <summary>What <c>/metrics</c> shows of calls: the measurements of <see cref="CallTelemetry"/>, added up.</summary>
internal sealed class CallMetrics : ICallSink
{
    // A label a tool: bounded, so that reloads of ever new connectors cannot grow it for ever.
    private const int MostSeries = 10_000;

    private static readonly ToolLabel Others = new(null, "other", "other", "other");

    private readonly ConcurrentDictionary<Series, Counts> _counts = new();
    private long _active;

    /// <summary>Calls that run now.</summary>
    public long Active => Interlocked.Read(ref _active);

    public IEnumerable<KeyValuePair<Series, Counts>> All => _counts;

    public void Started(CallRecord record) => Interlocked.Increment(ref _active);

    public void Ended(CallRecord record)
    {
        Interlocked.Decrement(ref _active);
        var series = new Series(record.Tool, CallTelemetry.ErrorType(record.Outcome!));
        if (!_counts.TryGetValue(series, out var counts))
        {
            if (_counts.Count >= MostSeries)
                series = series with { Tool = Others };
            counts = _counts.GetOrAdd(series, static _ => new Counts());
        }
        counts.Add(record.Duration);
    }

    /// <summary>The labels of one time series.</summary>
    /// <param name="Tool">What was called.</param>
    /// <param name="ErrorType">Null for calls that succeeded.</param>
    internal readonly record struct Series(ToolLabel Tool, string? ErrorType);

    /// <summary>A histogram of durations.</summary>
    internal sealed class Counts
    {
        private readonly long[] _buckets = new long[CallTelemetry.Bounds.Count + 1];
        private long _ticks;

        public double Seconds => TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalSeconds;

        public long this[int bucket] => Interlocked.Read(ref _buckets[bucket]);

        public void Add(TimeSpan duration)
        {
            var bucket = 0;
            while (bucket < CallTelemetry.Bounds.Count && duration.TotalSeconds > CallTelemetry.Bounds[bucket])
                bucket++;
            Interlocked.Increment(ref _buckets[bucket]);
            Interlocked.Add(ref _ticks, duration.Ticks);
        }
    }
}
