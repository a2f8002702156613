using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace McpRuntime.Testing;

/// <summary>Keeps the spans and durations that calls of one connector leave, whatever else the process does.</summary>
public sealed class RecordedCalls : IDisposable
{
    private const string Source = "McpRuntime.Calls";

    private readonly string _connector;
    private readonly Lock _adding = new();
    private readonly List<Activity> _spans = [];
    private readonly List<(double Seconds, Dictionary<string, object?> Tags)> _durations = [];
    private readonly ActivityListener _activities;
    private readonly MeterListener _measurements;

    /// <param name="connector">A name that no other test gives to a connector.</param>
    public RecordedCalls(string connector)
    {
        _connector = connector;
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(_activities);
        _measurements = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Name: "mcp.server.operation.duration", Meter.Name: Source })
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _measurements.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Add(seconds, tags));
        _measurements.Start();
    }

    public IReadOnlyList<Activity> Spans
    {
        get
        {
            lock (_adding)
                return [.. _spans];
        }
    }

    public IReadOnlyList<(double Seconds, Dictionary<string, object?> Tags)> Durations
    {
        get
        {
            lock (_adding)
                return [.. _durations];
        }
    }

    public void Dispose()
    {
        _activities.Dispose();
        _measurements.Dispose();
    }

    private void Add(Activity span)
    {
        if (span.GetTagItem("mcp_runtime.connector") as string != _connector)
            return;
        lock (_adding)
            _spans.Add(span);
    }

    private void Add(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = new Dictionary<string, object?>(tags.ToArray());
        if (all.GetValueOrDefault("mcp_runtime.connector") as string != _connector)
            return;
        lock (_adding)
            _durations.Add((seconds, all));
    }
}
