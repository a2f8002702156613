using McpRuntime.Server.Shaping;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Server;

/// <summary>
/// The MCP server: one set of options that any number of sessions share, whatever their transport. It speaks every
/// revision from 2024-11-05 to 2025-11-25 (<c>initialize</c>) and 2026-07-28 (<c>server/discover</c>).
/// </summary>
public sealed class ToolServer : IDisposable
{
    /// <summary>
    /// Session id of a transport that serves one request alone, and has nothing to tell its client later.
    /// </summary>
    public const string SingleRequest = "";

    private readonly IToolSource _source;
    private readonly ToolRequests _requests;
    private readonly ListChanges _changes = new();
    private readonly ILogger _logger;

    /// <param name="source">Whose tools are served; not disposed.</param>
    /// <param name="invoker">Carries out the calls.</param>
    /// <param name="loggers">Never given the content of a message.</param>
    /// <param name="answers">Bounds answers; null leaves them as long as they are.</param>
    public ToolServer(IToolSource source, IToolInvoker invoker, ILoggerFactory loggers, ModelAnswers? answers = null)
    {
        answers ??= ModelAnswers.Unbounded;
        _source = source;
        _logger = loggers.CreateLogger("McpRuntime.Server");
        Route = new ToolRoute(source, invoker, answers, _logger);
        _requests = new ToolRequests(Route);
        var results = new ResultRequests(Route, answers);
        Options = new McpServerOptions
        {
            ServerInfo = ServerIdentity.ToImplementation(),
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability { ListChanged = true } },
            ToolCollection = _changes,
            ScopeRequests = false,
        };
        var greeting = new Greeting(Route);
        Options.Filters.Message.IncomingFilters.Add(_requests.Filter);
        if (answers.Stores)
            Options.Filters.Message.IncomingFilters.Add(results.Filter);
        Options.Filters.Message.IncomingFilters.Add(greeting.Incoming);
        Options.Filters.Message.OutgoingFilters.Add(greeting.Outgoing);
        Options.Filters.Message.OutgoingFilters.Add(next => Advertisement.Filter(Options, answers.Stores, next));
        source.Changed += OnChanged;
    }

    /// <summary>Lists and calls, for requests that do not come by a session of the protocol library.</summary>
    public ToolRoute Route { get; }

    /// <summary>For <see cref="McpServer.Create"/>.</summary>
    public McpServerOptions Options { get; }

    /// <summary>
    /// Answers <c>tools/list</c>, and <c>tools/call</c> of a connector's tool, without a session of the protocol
    /// library; for transports that know the revision of each request and have checked its metadata.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="origin">Where it comes from; its revision is known.</param>
    /// <param name="output">Gets the answer as one line.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False, with nothing done, where only a session can answer: anything else, and what is to be
    /// refused.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public ValueTask<bool> TryAnswerAsync(
        JsonRpcRequest request,
        RequestOrigin origin,
        PooledBuffer output,
        CancellationToken cancellationToken
    ) =>
        DirectRequest.Of(request, origin) is { } direct
            ? _requests.TryAnswerAsync(direct, leavesOthers: true, output, cancellationToken)
            : ValueTask.FromResult(false);

    /// <summary>Answers a call, whatever it calls.</summary>
    internal async Task AnswerAsync(DirectRequest request, PooledBuffer output, CancellationToken cancellationToken) =>
        await _requests.TryAnswerAsync(request, leavesOthers: false, output, cancellationToken);

    public void Dispose() => _source.Changed -= OnChanged;

    private void OnChanged(object? sender, EventArgs e)
    {
        // A client that has not listed yet has nothing to refresh, and may not even have said hello.
        if (!Route.WasListed)
            return;
        _logger.LogInformation("The list of tools changed; clients are notified.");
        _changes.Raise();
    }

    // The library sends list_changed in the way of each revision when its collection of tools changes; the tools
    // themselves are served by ToolRequests, so the collection stays empty.
    private sealed class ListChanges : McpServerPrimitiveCollection<McpServerTool>
    {
        public void Raise() => RaiseChanged();
    }
}
