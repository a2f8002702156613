using System.Runtime.CompilerServices;
using System.Text.Json;
using McpRuntime.Approvals;
using McpRuntime.Calls;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Paging;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Calls.Request;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Credentials;
using McpRuntime.Network;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Server;

/// <summary>
/// Calls tools over HTTP. What does not depend on a call is worked out once a tool, and is gone with the tool when a
/// reload replaces it.
/// </summary>
public sealed class UpstreamInvoker : IToolInvoker, IDisposable
{
    private readonly Lazy<Connection> _connection;
    private readonly Func<ServedTool, CallPlan> _plan;
    private readonly ConditionalWeakTable<ServedTool, CallPlan> _plans = [];

    /// <summary>
    /// With its own connections. Everything that a call needs is made with the first one: a server that is only asked
    /// for its list should not pay for it.
    /// </summary>
    /// <param name="settings">Budgets, networks and where the user's records are.</param>
    /// <param name="sources">Where credentials are kept, in the order in which they are asked.</param>
    /// <param name="loggers">Never given a secret.</param>
    public UpstreamInvoker(RuntimeSettings settings, IReadOnlyList<ICredentialSource> sources, ILoggerFactory loggers)
        : this(new Lazy<Connection>(() => new Connection(settings, sources, loggers)), static tool =>
            CallPlan.Create(
                tool.Connector,
                tool.Tool,
                label: new ToolLabel(null, tool.Connector.Name, tool.ManifestName, tool.Name)
            )
        ) { }

    /// <summary>With a caller that others use too.</summary>
    /// <param name="caller">Not disposed.</param>
    /// <param name="plan">Makes the plan of a tool.</param>
    public UpstreamInvoker(ToolCaller caller, Func<ServedTool, CallPlan> plan)
        : this(new Lazy<Connection>(new Connection(caller)), plan) { }

    private UpstreamInvoker(Lazy<Connection> connection, Func<ServedTool, CallPlan> plan) =>
        (_connection, _plan) = (connection, plan);

    public Task<ToolAnswer> CallAsync(
        ServedTool tool,
        JsonElement arguments,
        CallContext context,
        CancellationToken cancellationToken
    ) => _connection.Value.Caller.CallAsync(PlanOf(tool), arguments, context, cancellationToken);

    /// <inheritdoc cref="ToolCaller.OpenAsync"/>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">An object.</param>
    /// <param name="context">Who calls.</param>
    /// <param name="options">Bounds, and who is told what the call does.</param>
    /// <param name="cancellationToken">Cancelling aborts the request, and the answer while it is read.</param>
    public Task<StreamedAnswer> OpenAsync(
        ServedTool tool,
        JsonElement arguments,
        CallContext context,
        CallOptions options,
        CancellationToken cancellationToken
    ) => _connection.Value.Caller.OpenAsync(PlanOf(tool), arguments, context, options, cancellationToken);

    /// <inheritdoc cref="ToolCaller.ReadPages"/>
    /// <param name="tool">A tool with <c>pagination</c>.</param>
    /// <param name="arguments">An object.</param>
    /// <param name="context">Makes the context of each page.</param>
    /// <param name="options">Bounds of each page, and who is told what is done.</param>
    /// <param name="caps">Bounds over all pages.</param>
    public PagedAnswer ReadPages(
        ServedTool tool,
        JsonElement arguments,
        Func<CallContext> context,
        CallOptions options,
        PageCaps caps
    ) => _connection.Value.Caller.ReadPages(PlanOf(tool), arguments, context, options, caps);

    /// <summary>The request that a call would send, secrets masked; nothing is sent.</summary>
    /// <exception cref="McpRuntimeException">The arguments are invalid, or the tool cannot be called.</exception>
    public Task<RequestPreview> PreviewAsync(
        ServedTool tool,
        JsonElement arguments,
        CancellationToken cancellationToken,
        string? profile = null
    ) => _connection.Value.Caller.PreviewAsync(PlanOf(tool), arguments, cancellationToken, profile);

    public void Dispose()
    {
        if (_connection.IsValueCreated)
            _connection.Value.Dispose();
    }

    private CallPlan PlanOf(ServedTool tool) =>
        _plans.TryGetValue(tool, out var plan) ? plan : _plans.GetValue(tool, served => _plan(served));

    private sealed class Connection : IDisposable
    {
        private readonly GuardedHttp? _http;

        public Connection(ToolCaller shared) => Caller = shared;

        public Connection(RuntimeSettings settings, IReadOnlyList<ICredentialSource> sources, ILoggerFactory loggers)
        {
            _http = new GuardedHttp(settings.ExtraRoots);
            Caller = new ToolCaller(
                settings,
                _http,
                new ApprovalStore(settings.DataFolder),
                sources,
                loggers.CreateLogger<ToolCaller>()
            );
        }

        public ToolCaller Caller { get; }

        // One that is shared is not ours.
        public void Dispose()
        {
            if (_http is null)
                return;
            Caller.Dispose();
            _http.Dispose();
        }
    }
}
