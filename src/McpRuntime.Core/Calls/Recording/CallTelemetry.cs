using System.Diagnostics;
using System.Diagnostics.Metrics;
using McpRuntime.Diagnostics;
using McpRuntime.Network;

namespace McpRuntime.Calls.Recording;

/// <summary>
/// Spans and instruments of calls, under the name <c>McpRuntime.Calls</c>: names and attributes are those of
/// OpenTelemetry's conventions for MCP (semantic-conventions-genai 0.1.0), and begin with <c>mcp_runtime</c> where
/// those have none. They cost nothing until someone listens; a host that exports them adds the name to its source and
/// meter.
/// </summary>
public static class CallTelemetry
{
    /// <summary>Name of the ActivitySource and of the Meter.</summary>
    public const string Name = "McpRuntime.Calls";

    /// <summary>The histogram of durations, in seconds.</summary>
    public const string DurationName = "mcp.server.operation.duration";

    /// <summary>The calls that run now.</summary>
    public const string ActiveName = "mcp_runtime.call.active";

    /// <summary>The method that a call is, whichever front end it comes from.</summary>
    public const string Method = "tools/call";

    /// <summary><c>error.type</c> of a call whose answer is an error.</summary>
    private const string ToolError = "tool_error";

    private static readonly double[] Seconds = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

    private static readonly ActivitySource Spans = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        DurationName,
        "s",
        "Tool calls, from arguments to answer.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds }
    );

    private static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>(
        ActiveName,
        "{call}",
        "Calls of tools that run now."
    );
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "mcp_runtime.call.retries",
        "{attempt}",
        "Attempts after the first."
    );
    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>(
        "mcp_runtime.call.wait",
        "s",
        "Time of a call spent waiting for a limit, or for the next attempt."
    );
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>(
        "mcp_runtime.call.response.bytes",
        "By",
        "Response bodies, decompressed."
    );
    private static readonly Counter<long> Breakers = Meter.CreateCounter<long>(
        "mcp_runtime.breaker.changes",
        "{change}",
        "Circuit breakers that opened (open), let a call through (half_open) or closed (closed)."
    );

    /// <summary>
    /// Upper bounds of the duration's buckets, in seconds, as the conventions advise; the last bucket has none.
    /// </summary>
    public static IReadOnlyList<double> Bounds => Seconds;

    /// <summary>The <c>error.type</c> of an outcome; null for a call that succeeded.</summary>
    public static string? ErrorType(string outcome) =>
        outcome switch
        {
            CallOutcome.Ok => null,
            CallOutcome.Error => ToolError,
            _ => outcome,
        };

    /// <summary>The span of a call; null where no one listens.</summary>
    internal static Activity? Started(Plan.CallPlan plan, CallContext context)
    {
        if (Active.Enabled)
            Active.Add(1);
        return Spans.HasListeners() ? StartSpan(plan, context) : null;
    }

    internal static void Ended(CallRecord record)
    {
        if (record.Activity is { } span)
            End(span, record);
        if (Active.Enabled)
            Active.Add(-1);
        if (Duration.Enabled || Retries.Enabled || Waits.Enabled || Bytes.Enabled)
            Measure(record);
    }

    /// <summary>The span and the duration of a call that this server has answered itself.</summary>
    internal static void AnsweredHere(string name, bool isTool, CallContext context, string outcome, TimeSpan duration)
    {
        var error = ErrorType(outcome);
        if (Spans.HasListeners() && StartSpan(UntrustedText.Clean(name), context) is { } span)
        {
            span.SetStartTime(span.StartTimeUtc - duration);
            if (error is not null)
                span.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
            span.Dispose();
        }
        if (!Duration.Enabled)
            return;
        var tags = new TagList { { "mcp.method.name", Method }, { "gen_ai.operation.name", "execute_tool" } };
        Add(ref tags, "gen_ai.tool.name", isTool ? name : null);
        Add(ref tags, "mcp.protocol.version", context.Revision);
        Add(ref tags, "network.transport", context.Transport);
        Add(ref tags, "error.type", error);
        Duration.Record(duration.TotalSeconds, tags);
    }

    internal static void BreakerChanged(Origin origin, string state) =>
        Breakers.Add(
            1,
            new KeyValuePair<string, object?>("origin", origin.ToString()),
            new KeyValuePair<string, object?>("state", state)
        );

    // The client's span is the parent, whatever brought the request; what brought it is linked (MCP conventions,
    // Context propagation).
    private static Activity? StartSpan(string tool, CallContext context)
    {
        var ambient = Activity.Current?.Context;
        var isRemote = context.Parent != default;
        var span = Spans.StartActivity(
            $"{Method} {tool}",
            context.Transport is null ? ActivityKind.Internal : ActivityKind.Server,
            isRemote ? context.Parent : ambient ?? default,
            links: isRemote && ambient is { } linked ? [new ActivityLink(linked)] : null
        );
        if (span is null)
            return null;
        span.SetTag("mcp.method.name", Method)
            .SetTag("gen_ai.operation.name", "execute_tool")
            .SetTag("gen_ai.tool.name", tool)
            .SetTag("mcp_runtime.call", context.CallId);
        Add(span, "mcp.protocol.version", context.Revision);
        Add(span, "mcp.session.id", context.SessionId);
        Add(span, "network.transport", context.Transport);
        Add(span, "client.address", context.Address);
        return span;
    }

    private static Activity? StartSpan(Plan.CallPlan plan, CallContext context)
    {
        var span = StartSpan(plan.Label.Name, context);
        if (span is null)
            return null;
        span.SetTag("mcp_runtime.connector", plan.Label.Connector);
        Add(span, "mcp_runtime.project", plan.Label.Project);
        // The API, which the call's requests go to: the server of this span is this process.
        if (plan.Problem is null)
            span.SetTag("http.request.method", plan.Method).SetTag("mcp_runtime.origin", plan.Origin.ToString());
        return span;
    }

    private static void End(Activity span, CallRecord record)
    {
        span.SetTag("mcp_runtime.attempts", record.Attempts);
        if (record.Status is { } code)
            span.SetTag("http.response.status_code", code);
        if (ErrorType(record.Outcome!) is { } error)
            span.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
        span.Dispose();
    }

    private static void Measure(CallRecord record)
    {
        var tags = new TagList
        {
            { "mcp.method.name", Method },
            { "gen_ai.operation.name", "execute_tool" },
            { "gen_ai.tool.name", record.Tool.Name },
            { "mcp_runtime.connector", record.Tool.Connector },
        };
        Add(ref tags, "mcp_runtime.project", record.Tool.Project);
        Add(ref tags, "mcp.protocol.version", record.Context.Revision);
        Add(ref tags, "network.transport", record.Context.Transport);
        Add(ref tags, "error.type", ErrorType(record.Outcome!));
        Duration.Record(record.Duration.TotalSeconds, tags);
        if (record.Attempts > 1)
            Retries.Add(record.Attempts - 1, tags);
        if (record.Waited > TimeSpan.Zero)
            Waits.Record(record.Waited.TotalSeconds, tags);
        Bytes.Add(record.Bytes, tags);
    }

    private static void Add(Activity span, string name, string? value)
    {
        if (value is not null)
            span.SetTag(name, value);
    }

    private static void Add(ref TagList tags, string name, string? value)
    {
        if (value is not null)
            tags.Add(name, value);
    }
}
