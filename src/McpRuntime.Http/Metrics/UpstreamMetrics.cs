using System.Collections.Concurrent;
using McpRuntime.Calls.Recording;

namespace McpRuntime.Http.Metrics;

/// <summary>
/// What calls of each connector met at its API: statuses, attempts after the first, and time spent waiting for a limit
/// or the next attempt.
/// </summary>
internal sealed class UpstreamMetrics : ICallSink
{
    // As in CallMetrics: ever new connectors cannot grow it for ever.
    private const int MostConnectors = 2_000;

    private static readonly ConnectorLabel Others = new(null, "other");

    private readonly ConcurrentDictionary<ConnectorLabel, Counts> _counts = new();

    public IEnumerable<KeyValuePair<ConnectorLabel, Counts>> All => _counts;

    public void Started(CallRecord record)
    {
        // The answer counts.
    }

    public void Ended(CallRecord record)
    {
        var label = new ConnectorLabel(record.Tool.Project, record.Tool.Connector);
        if (!_counts.TryGetValue(label, out var counts))
            counts = _counts.GetOrAdd(_counts.Count < MostConnectors ? label : Others, static _ => new Counts());
        if (record.Status is { } status)
            counts.Statuses.GetOrAdd(status, static _ => new Count()).Add(1);
        if (record.Attempts > 1)
            counts.Retries.Add(record.Attempts - 1);
        if (record.Waited > TimeSpan.Zero)
            counts.WaitedTicks.Add(record.Waited.Ticks);
    }

    /// <param name="Project">Null for a connector of the folder.</param>
    /// <param name="Connector">Its name.</param>
    internal readonly record struct ConnectorLabel(string? Project, string Connector);

    internal sealed class Counts
    {
        /// <summary>Answers by HTTP status.</summary>
        public ConcurrentDictionary<int, Count> Statuses { get; } = new();

        public Count Retries { get; } = new();

        public Count WaitedTicks { get; } = new();
    }
}
