using McpRuntime.Calls.Recording;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Mcp;
using McpRuntime.Http.RuntimeControl;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Metrics;

/// <summary>The figures of the gateway as a whole, for <c>/metrics</c> and for OpenTelemetry.</summary>
internal sealed class GatewayFigures(
    SessionTable sessions,
    OpenStreams streams,
    CallMetrics calls,
    DatabaseOutage database,
    AuditLog audit,
    FolderConnectors folder,
    GatewayState state,
    RefusalCounts refusals,
    BreakerCounts breakers
)
{
    public IReadOnlyList<Figure> All { get; } =
    [
        Figure.Gauge("mcp_runtime.sessions", "{session}", "Open MCP sessions.", () => sessions.Count),
        Figure.Gauge("mcp_runtime.streams", "{stream}", "Open event streams, subscriptions and live views.", () =>
            streams.Count
        ),
        Figure.Gauge(CallTelemetry.ActiveName, "{call}", "Running tool calls.", () => calls.Active),
        Figure.Gauge("mcp_runtime.draining", "1", "1 while new work is refused.", () => state.IsDraining ? 1 : 0),
        Figure.Gauge("mcp_runtime.database.up", "1", "1 if the database is available.", () =>
            database.IsCertain ? 0 : 1
        ),
        Figure.Gauge("mcp_runtime.audit.waiting", "{entry}", "Audit entries waiting for the database.", () =>
            audit.Waiting
        ),
        Figure.Counter(
            "mcp_runtime.audit.lost",
            "{entry}",
            "Audit entries written to the log instead of the database.",
            () => audit.Lost
        ),
        Figure.Gauge("mcp_runtime.connectors", "{connector}", "Connectors of the folder that are served.", () =>
            folder.Current.Connectors.Count
        ),
        Figure.Gauge(
            "mcp_runtime.connectors.broken",
            "{file}",
            "Files of the folder that are not served for their errors.",
            () => folder.Broken.Count
        ),
        Figure.Gauge(
            "mcp_runtime.connectors.outdated",
            "{connector}",
            "Connectors that are served as they were, since their file now has errors.",
            () => folder.Folder.Connectors.Count(connector => connector.IsOutdated)
        ),
        new(
            "mcp_runtime.refusals",
            true,
            "{request}",
            "Requests that were refused for who sent them, how often or when, by the kind of problem.",
            () => refusals.Samples
        )
        {
            Label = "reason",
        },
        new("mcp_runtime.breaker.open", false, "1", "1 while the circuit breaker of an origin refuses calls.", () =>
            breakers.Open
        )
        {
            Label = "origin",
        },
        new("mcp_runtime.breaker.opened", true, "{time}", "How often the circuit breaker of an origin opened.", () =>
            breakers.Opened
        )
        {
            Label = "origin",
        },
    ];
}
