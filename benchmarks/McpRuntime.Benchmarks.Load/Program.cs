using System.Globalization;
using McpRuntime.Benchmarks.Load;

// Without arguments: throughput of the gateway beside the floor. Otherwise one of its parts, or another measurement.
return args switch
{
    ["upstream"] => await Servers.RunUpstreamAsync(),
    ["floor", var upstream] => await Servers.RunFloorAsync(new Uri(upstream)),
    ["stdio"] => await Measurements.StdioAsync(TimeSpan.FromSeconds(16)),
    ["stdio", var seconds] => await Measurements.StdioAsync(
        TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))
    ),
    ["sessions", var count] => await Measurements.IdleSessionsAsync(int.Parse(count, CultureInfo.InvariantCulture)),
    ["soak", var calls] => await Measurements.SoakAsync(int.Parse(calls, CultureInfo.InvariantCulture)),
    ["only", var kind, var callers, var seconds] => await Measurements.OnlyAsync(
        kind,
        int.Parse(callers, CultureInfo.InvariantCulture),
        TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))
    ),
    [] => await Measurements.ThroughputAsync(TimeSpan.FromSeconds(8)),
    [var seconds] => await Measurements.ThroughputAsync(
        TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))
    ),
    _ => 2,
};
