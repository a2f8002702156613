using System.Collections.Concurrent;
using McpRuntime.Calls;
using McpRuntime.Calls.Sending;
using McpRuntime.Network;

namespace McpRuntime.Http.Metrics;

/// <summary>Which circuit breakers are open, and how often each opened.</summary>
internal sealed class BreakerCounts : IDisposable
{
    private const int MostOrigins = 1000;

    private readonly ToolCaller _caller;
    private readonly ConcurrentDictionary<Origin, Count> _opened = new();

    public BreakerCounts(ToolCaller caller)
    {
        _caller = caller;
        caller.BreakerChanged += OnChanged;
    }

    /// <summary>1 for an origin whose breaker is open or lets one call through, 0 once it has closed.</summary>
    public IEnumerable<Sample> Open =>
        _opened.Keys.Select(origin => new Sample(
            _caller.BreakerOf(origin) == BreakerState.Closed ? 0 : 1,
            origin.ToString()
        ));

    public IEnumerable<Sample> Opened =>
        _opened.Select(origin => new Sample(origin.Value.Value, origin.Key.ToString()));

    public void Dispose() => _caller.BreakerChanged -= OnChanged;

    private void OnChanged(Origin origin, BreakerState state)
    {
        if (state == BreakerState.Open && (_opened.Count < MostOrigins || _opened.ContainsKey(origin)))
            _opened.GetOrAdd(origin, static _ => new Count()).Add(1);
    }
}
