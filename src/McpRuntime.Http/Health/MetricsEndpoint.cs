using System.Globalization;
using System.Text;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Mcp;
using McpRuntime.Http.Projects;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Health;

/// <summary>
/// <c>/metrics</c> in the text format of Prometheus (version 0.0.4). Any caller may read it: it shows the tools that
/// the caller may call or manages, and figures of the gateway as a whole to callers that no role limits to projects.
/// </summary>
internal static class MetricsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", WriteAsync).ForCallers();

    private static Task WriteAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        var text = new StringBuilder();
        if (caller.Reaches(project: null))
            WriteGateway(context, caller, text);
        WriteTools(context, caller, text);
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    private static void WriteGateway(HttpContext context, Caller caller, StringBuilder text)
    {
        var services = context.RequestServices;
        // What is garbage is not a leak: who looks for one asks for the heap without it. It costs time, so not
        // everyone may.
        var collects = context.Request.Query["collect"] == "true" && caller.Holds(Rights.Runtime, project: null);
        var audit = services.GetRequiredService<AuditLog>();
        Gauge(text, "mcp_runtime_sessions", "Open MCP sessions.", services.GetRequiredService<SessionTable>().Count);
        Gauge(
            text,
            "mcp_runtime_streams",
            "Open event streams, subscriptions and live views.",
            services.GetRequiredService<OpenStreams>().Count
        );
        Gauge(
            text,
            NameOf(CallTelemetry.ActiveName),
            "Running tool calls.",
            services.GetRequiredService<CallMetrics>().Active
        );
        Gauge(
            text,
            "mcp_runtime_database_up",
            "1 if the database is available.",
            services.GetRequiredService<DatabaseOutage>().IsCertain ? 0 : 1
        );
        Gauge(text, "mcp_runtime_audit_waiting", "Audit entries waiting for the database.", audit.Waiting);
        Counter(
            text,
            "mcp_runtime_audit_lost_total",
            "Audit entries written to the log instead of the database.",
            audit.Lost
        );
        Gauge(text, "process_resident_memory_bytes", "Resident memory of the process.", Environment.WorkingSet);
        Gauge(
            text,
            "dotnet_gc_heap_bytes",
            "Size of the managed heap.",
            GC.GetTotalMemory(forceFullCollection: collects)
        );
        Counter(text, "dotnet_gc_allocated_bytes_total", "Allocated bytes.", GC.GetTotalAllocatedBytes());
        text.Append("# HELP process_cpu_seconds_total Processor time.\n# TYPE process_cpu_seconds_total counter\n")
            .Append(
                CultureInfo.InvariantCulture,
                $"process_cpu_seconds_total {Environment.CpuUsage.TotalTime.TotalSeconds}\n"
            );
    }

    private static void Gauge(StringBuilder text, string name, string help, long value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");

    private static void Counter(StringBuilder text, string name, string help, long value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}\n");

    private static void WriteTools(HttpContext context, Caller caller, StringBuilder text)
    {
        var name = NameOf(CallTelemetry.DurationName) + "_seconds";
        text.Append("# HELP ")
            .Append(name)
            .Append(" Tool calls, from arguments to answer.\n# TYPE ")
            .Append(name)
            .Append(" histogram\n");
        foreach (var (series, counts) in context.RequestServices.GetRequiredService<CallMetrics>().All)
        {
            if (!Shows(context, caller, series.Tool))
                continue;
            var labels = LabelsOf(series);
            long total = 0;
            for (var bucket = 0; bucket <= CallTelemetry.Bounds.Count; bucket++)
            {
                total += counts[bucket];
                var bound =
                    bucket < CallTelemetry.Bounds.Count
                        ? CallTelemetry.Bounds[bucket].ToString(CultureInfo.InvariantCulture)
                        : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"{bound}\"}} {total}\n");
            }
            text.Append(
                CultureInfo.InvariantCulture,
                $"{name}_sum{{{labels}}} {counts.Seconds}\n{name}_count{{{labels}}} {total}\n"
            );
        }
    }

    // OpenTelemetry's names as Prometheus has them: its compatibility rules replace what is neither letter nor digit.
    private static string NameOf(string instrument) => instrument.Replace('.', '_');

    private static string LabelsOf(CallMetrics.Series series)
    {
        var tool = series.Tool;
        var labels =
            $"mcp_method_name=\"{CallTelemetry.Method}\",gen_ai_tool_name=\"{Escape(tool.Name)}\","
            + $"mcp_runtime_connector=\"{Escape(tool.Connector)}\"";
        if (tool.Project is { } project)
            labels += $",mcp_runtime_project=\"{Escape(project)}\"";
        return series.ErrorType is { } error ? $"{labels},error_type=\"{error}\"" : labels;
    }

    // What is not served any more has no tool to ask about: only those who manage it see it.
    private static bool Shows(HttpContext context, Caller caller, ToolLabel tool)
    {
        var project = tool.Project;
        if (caller.Holds(Rights.Runtime, project))
            return true;
        var served = project is null
            ? context.RequestServices.GetRequiredService<FolderConnectors>().Current
            : context.RequestServices.GetRequiredService<ProjectTable>().Find(project)?.Current;
        return served?.Tools.TryGet(tool.Name, out var found) == true
            && found.Connector.Name == tool.Connector
            && caller.Allows(project, found);
    }

    private static string Escape(string value) =>
        value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
