using System.Diagnostics;
using System.Diagnostics.Metrics;
using McpRuntime.Calls.Plan;
using McpRuntime.Network;

namespace McpRuntime.Calls.Recording;

/// <summary>
/// Spans and instruments of calls, under the name <c>McpRuntime.Calls</c>. They cost nothing until somebody listens; a
/// host that exports them adds the name to its source and meter.
/// </summary>
public static class CallTelemetry
{
    /// <summary>Name of the ActivitySource and of the Meter.</summary>
    public const string Name = "McpRuntime.Calls";

    private static readonly ActivitySource Spans = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("mcp_runtime.call.duration", "s", "Calls of tools, from arguments to answer.");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("mcp_runtime.call.retries", "{attempt}", "Attempts after the first.");
    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>("mcp_runtime.call.wait", "s", "Time of a call spent waiting for a limit, or to try again.");
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("mcp_runtime.call.response.bytes", "By", "Bodies of answers, decompressed.");
    private static readonly Counter<long> Breakers = Meter.CreateCounter<long>("mcp_runtime.breaker.changes", "{change}", "Origins that are left alone (open), tried (half_open) and called again (closed).");

    internal static Activity? Start(CallPlan plan)
    {
        var span = Spans.StartActivity("call", ActivityKind.Client);
        if (span is null)
            return null;
        span.DisplayName = $"{plan.Connector.Name} {plan.Tool.Name}";
        span.SetTag("mcp_runtime.connector", plan.Connector.Name).SetTag("mcp_runtime.tool", plan.Tool.Name);
        if (plan.Problem is null)
            span.SetTag("http.request.method", plan.Method).SetTag("server.address", plan.Origin.Host).SetTag("server.port", plan.Origin.Port);
        return span;
    }

    internal static void Ended(CallRecord record, string outcome, int? status, TimeSpan duration)
    {
        if (record.Activity is { } span)
        {
            span.SetTag("mcp_runtime.call", record.Id).SetTag("mcp_runtime.attempts", record.Attempts);
            if (status is { } code)
                span.SetTag("http.response.status_code", code);
            span.SetStatus(outcome == "succeeded" ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
            span.Dispose();
        }
        if (!Duration.Enabled && !Retries.Enabled && !Waits.Enabled && !Bytes.Enabled)
            return;
        var tags = new TagList
        {
            { "connector", record.Plan.Connector.Name },
            { "tool", record.Plan.Tool.Name },
            { "outcome", outcome },
            { "status", status },
        };
        Duration.Record(duration.TotalSeconds, tags);
        if (record.Attempts > 1)
            Retries.Add(record.Attempts - 1, tags);
        if (record.Waited > TimeSpan.Zero)
            Waits.Record(record.Waited.TotalSeconds, tags);
        Bytes.Add(record.Bytes, tags);
    }

    internal static void BreakerChanged(Origin origin, string state) =>
        Breakers.Add(1, new KeyValuePair<string, object?>("origin", origin.ToString()), new KeyValuePair<string, object?>("state", state));
}
