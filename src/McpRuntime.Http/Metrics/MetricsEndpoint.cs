using System.Globalization;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Http.Access;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Projects;
using McpRuntime.Server;

namespace McpRuntime.Http.Metrics;

/// <summary>
/// <c>/metrics</c> in the text format of Prometheus. Any caller may read it: it shows the tools and connectors that
/// the caller may call or manages, and figures of the gateway as a whole to callers that no role limits to projects.
/// </summary>
internal sealed class MetricsEndpoint(
    GatewayFigures figures,
    CallMetrics calls,
    UpstreamMetrics upstreams,
    FolderConnectors folder,
    ProjectTable projects
)
{
    private const string Connector = "mcp_runtime_connector";
    private const string Project = "mcp_runtime_project";

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Made now, since what it shows is counted from the start.
        var metrics = routes.ServiceProvider.GetRequiredService<MetricsEndpoint>();
        routes.MapGet("/metrics", metrics.WriteAsync).ForCallers();
    }

    private Task WriteAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        var text = new PrometheusText();
        if (caller.Reaches(project: null))
            WriteGateway(context, caller, text);
        WriteTools(caller, text);
        WriteUpstreams(caller, text);
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    private void WriteGateway(HttpContext context, Caller caller, PrometheusText text)
    {
        text.Head("mcp_runtime_build_info", "gauge", "1, with the version of the gateway.");
        text.Sample("mcp_runtime_build_info", PrometheusText.Labels(("version", ServerIdentity.Version)), 1);
        foreach (var figure in figures.All)
        {
            // Origins tell what is behind the gateway.
            if (figure.Label != "origin" || caller.Holds(Rights.Runtime, project: null))
                text.Write(figure);
        }
        // What is garbage is not a leak: who looks for one asks for the heap without it. It costs time, so not
        // everyone may.
        ProcessFigures.Write(
            text,
            collects: context.Request.Query["collect"] == "true" && caller.Holds(Rights.Runtime, project: null)
        );
    }

    private void WriteTools(Caller caller, PrometheusText text)
    {
        var name = PrometheusText.NameOf(CallTelemetry.DurationName, isCounter: false) + "_seconds";
        text.Head(name, "histogram", "Tool calls, from arguments to answer.");
        foreach (var (series, counts) in calls.All)
        {
            if (!Shows(caller, series.Tool))
                continue;
            var labels = PrometheusText.Labels(
                ("mcp_method_name", CallTelemetry.Method),
                ("gen_ai_tool_name", series.Tool.Name),
                (Connector, series.Tool.Connector),
                (Project, series.Tool.Project),
                ("error_type", series.ErrorType)
            );
            long total = 0;
            for (var bucket = 0; bucket <= CallTelemetry.Bounds.Count; bucket++)
            {
                total += counts[bucket];
                var bound =
                    bucket < CallTelemetry.Bounds.Count
                        ? CallTelemetry.Bounds[bucket].ToString(CultureInfo.InvariantCulture)
                        : "+Inf";
                text.Sample(name + "_bucket", $"{labels},le=\"{bound}\"", total);
            }
            text.Sample(name + "_sum", labels, counts.Seconds);
            text.Sample(name + "_count", labels, total);
        }
    }

    private void WriteUpstreams(Caller caller, PrometheusText text)
    {
        var shown = upstreams.All.Where(connector => Shows(caller, connector.Key)).ToList();
        text.Head("mcp_runtime_upstream_responses_total", "counter", "Answers of APIs to calls, by HTTP status.");
        foreach (var (connector, counts) in shown)
        {
            foreach (var (status, count) in counts.Statuses)
                text.Sample(
                    "mcp_runtime_upstream_responses_total",
                    $"{LabelsOf(connector)},http_response_status_code=\"{status}\"",
                    count.Value
                );
        }
        Sum("mcp_runtime_call_retries_total", "Attempts after the first.", counts => counts.Retries.Value);
        Sum(
            "mcp_runtime_call_waited_seconds_total",
            "Time that calls spent waiting for a limit, or for the next attempt.",
            counts => TimeSpan.FromTicks(counts.WaitedTicks.Value).TotalSeconds
        );

        void Sum(string name, string help, Func<UpstreamMetrics.Counts, double> value)
        {
            text.Head(name, "counter", help);
            foreach (var (connector, counts) in shown)
                text.Sample(name, LabelsOf(connector), value(counts));
        }
    }

    private static string LabelsOf(UpstreamMetrics.ConnectorLabel connector) =>
        PrometheusText.Labels((Connector, connector.Connector), (Project, connector.Project));

    // What is not served any more has no tool to ask about: only those who manage it see it.
    private bool Shows(Caller caller, ToolLabel tool) =>
        caller.Holds(Rights.Runtime, tool.Project)
        || (
            SetOf(tool.Project)?.Current.Tools.TryGet(tool.Name, out var found) == true
            && found.Connector.Name == tool.Connector
            && caller.Allows(tool.Project, found)
        );

    private bool Shows(Caller caller, UpstreamMetrics.ConnectorLabel connector) =>
        caller.Holds(Rights.Runtime, connector.Project)
        || (
            SetOf(connector.Project)?.Current.Connectors.Any(served => served.Name == connector.Connector) == true
            && caller.AllowsConnector(connector.Project, connector.Connector)
        );

    private IConnectorSet? SetOf(string? project) => project is null ? folder : projects.Find(project);
}
