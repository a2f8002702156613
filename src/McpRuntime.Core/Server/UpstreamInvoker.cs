using System.Runtime.CompilerServices;
using System.Text.Json;
using McpRuntime.Approvals;
using McpRuntime.Calls;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Request;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Credentials;
using McpRuntime.Network;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Server;

/// <summary>
/// Calls tools over HTTP. Everything that a call needs is made with the first one: a server that is only asked for
/// its list should not pay for it.
/// </summary>
public sealed class UpstreamInvoker : IToolInvoker, IDisposable
{
    private readonly Lazy<Connection> _connection;
    private readonly ConditionalWeakTable<ServedTool, CallPlan> _plans = [];

    /// <param name="settings">Budgets, networks and where the user's records are.</param>
    /// <param name="sources">Where credentials are kept, in the order in which they are asked.</param>
    /// <param name="loggers">Never given a secret.</param>
    public UpstreamInvoker(RuntimeSettings settings, IReadOnlyList<ICredentialSource> sources, ILoggerFactory loggers)
    {
        _connection = new Lazy<Connection>(() => new Connection(settings, sources, loggers));
    }

    public Task<ToolAnswer> InvokeAsync(ServedTool tool, JsonElement arguments, CancellationToken cancellationToken) =>
        _connection.Value.Caller.CallAsync(PlanOf(tool), arguments, cancellationToken);

    /// <inheritdoc cref="ToolCaller.OpenAsync"/>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">An object.</param>
    /// <param name="options">Bounds, and who is told what the call does.</param>
    /// <param name="cancellationToken">Cancelling aborts the request, and the answer while it is read.</param>
    public Task<StreamedAnswer> OpenAsync(ServedTool tool, JsonElement arguments, CallOptions options, CancellationToken cancellationToken) =>
        _connection.Value.Caller.OpenAsync(PlanOf(tool), arguments, options, cancellationToken);

    /// <summary>The request that a call would send, secrets masked; nothing is sent.</summary>
    /// <exception cref="McpRuntimeException">The arguments do not do, or the tool cannot be called.</exception>
    public Task<RequestPreview> PreviewAsync(ServedTool tool, JsonElement arguments, CancellationToken cancellationToken) =>
        _connection.Value.Caller.PreviewAsync(PlanOf(tool), arguments, cancellationToken);

    public void Dispose()
    {
        if (_connection.IsValueCreated)
            _connection.Value.Dispose();
    }

    // Compiled once a tool, and gone with the tool when a reload replaces it.
    private CallPlan PlanOf(ServedTool tool) => _plans.GetValue(tool, static served => CallPlan.Create(served.Connector, served.Tool));

    private sealed class Connection : IDisposable
    {
        private readonly GuardedHttp _http;

        public Connection(RuntimeSettings settings, IReadOnlyList<ICredentialSource> sources, ILoggerFactory loggers)
        {
            _http = new GuardedHttp(settings.ExtraRoots);
            Caller = new ToolCaller(
                settings, _http, new ApprovalStore(settings.DataFolder), sources, loggers.CreateLogger<ToolCaller>());
        }

        public ToolCaller Caller { get; }

        public void Dispose()
        {
            Caller.Dispose();
            _http.Dispose();
        }
    }
}
