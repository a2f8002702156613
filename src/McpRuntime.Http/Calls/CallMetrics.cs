using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace McpRuntime.Http.Calls;

/// <summary>Counts calls, for <c>/metrics</c> and, as instruments, for whoever listens to the meter.</summary>
internal sealed class CallMetrics : IDisposable
{
    /// <summary>Upper bounds of the histogram's buckets, in seconds; the last bucket has none.</summary>
    public static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    // A label a tool: bounded, so that reloads of ever new connectors cannot grow it for ever.
    private const int MostSeries = 10_000;

    private readonly Meter _meter = new("McpRuntime.Gateway");
    private readonly Histogram<double> _durations;
    private readonly ConcurrentDictionary<Series, Counts> _counts = new();
    private long _running;

    public CallMetrics()
    {
        _durations = _meter.CreateHistogram<double>("mcp_runtime.tool_call.duration", "s", "Duration of tool calls.");
        _meter.CreateObservableGauge("mcp_runtime.tool_call.running", () => Running, description: "Tool calls that run now.");
    }

    public long Running => Interlocked.Read(ref _running);

    public IEnumerable<KeyValuePair<Series, Counts>> All => _counts;

    public void Started() => Interlocked.Increment(ref _running);

    public void Ended(string? project, string connector, string tool, string outcome, TimeSpan duration)
    {
        Interlocked.Decrement(ref _running);
        var series = new Series(project ?? "", connector, tool, outcome);
        if (!_counts.TryGetValue(series, out var counts))
        {
            if (_counts.Count >= MostSeries)
                series = new Series("", "other", "other", outcome);
            counts = _counts.GetOrAdd(series, static _ => new Counts());
        }
        counts.Add(duration);
        if (_durations.Enabled)
        {
            _durations.Record(
                duration.TotalSeconds, new("connector", connector), new("tool", tool), new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>The labels of one time series.</summary>
    internal readonly record struct Series(string Project, string Connector, string Tool, string Outcome);

    /// <summary>A histogram of durations.</summary>
    internal sealed class Counts
    {
        private readonly long[] _buckets = new long[Bounds.Length + 1];
        private long _ticks;

        public double Seconds => TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalSeconds;

        public long this[int bucket] => Interlocked.Read(ref _buckets[bucket]);

        public void Add(TimeSpan duration)
        {
            var bucket = 0;
            while (bucket < Bounds.Length && duration.TotalSeconds > Bounds[bucket])
                bucket++;
            Interlocked.Increment(ref _buckets[bucket]);
            Interlocked.Add(ref _ticks, duration.Ticks);
        }
    }
}
