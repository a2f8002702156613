using System.Globalization;
using System.Text;
using McpRuntime.Http.Access;
using McpRuntime.Http.Mcp;

namespace McpRuntime.Http.Calls;

/// <summary><c>/metrics</c> in the text format of Prometheus (version 0.0.4). Any caller with a token may read it.</summary>
internal static class MetricsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", WriteAsync).ForCallers();

    private static Task WriteAsync(HttpContext context)
    {
        // What is garbage is no leak: who looks for one asks for the heap without it. It costs time, so not everybody may.
        var collects = context.Request.Query["collect"] == "true" && Caller.Of(context).Holds(Rights.Runtime, project: null);
        var metrics = context.RequestServices.GetRequiredService<CallMetrics>();
        var text = new StringBuilder();
        Gauge(text, "mcp_runtime_sessions", "MCP sessions.", context.RequestServices.GetRequiredService<SessionTable>().Count);
        Gauge(text, "mcp_runtime_tool_calls_running", "Tool calls that run now.", metrics.Running);
        Gauge(text, "process_resident_memory_bytes", "Resident memory of the process.", Environment.WorkingSet);
        Gauge(text, "dotnet_gc_heap_bytes", "Size of the managed heap.", GC.GetTotalMemory(forceFullCollection: collects));
        Counter(text, "dotnet_gc_allocated_bytes_total", "Bytes that were allocated.", GC.GetTotalAllocatedBytes());
        text.Append("# HELP process_cpu_seconds_total Processor time.\n# TYPE process_cpu_seconds_total counter\n")
            .Append(CultureInfo.InvariantCulture, $"process_cpu_seconds_total {Environment.CpuUsage.TotalTime.TotalSeconds}\n");
        Histogram(text, metrics);
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    private static void Gauge(StringBuilder text, string name, string help, long value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");

    private static void Counter(StringBuilder text, string name, string help, long value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}\n");

    private static void Histogram(StringBuilder text, CallMetrics metrics)
    {
        const string Name = "mcp_runtime_tool_call_duration_seconds";
        text.Append("# HELP ").Append(Name).Append(" Duration of tool calls.\n# TYPE ").Append(Name).Append(" histogram\n");
        foreach (var (series, counts) in metrics.All)
        {
            var labels = $"project=\"{Escape(series.Project)}\",connector=\"{Escape(series.Connector)}\",tool=\"{Escape(series.Tool)}\",outcome=\"{series.Outcome}\"";
            long total = 0;
            for (var bucket = 0; bucket <= CallMetrics.Bounds.Length; bucket++)
            {
                total += counts[bucket];
                var bound = bucket < CallMetrics.Bounds.Length ? CallMetrics.Bounds[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{labels},le=\"{bound}\"}} {total}\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"{Name}_sum{{{labels}}} {counts.Seconds}\n{Name}_count{{{labels}}} {total}\n");
        }
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
