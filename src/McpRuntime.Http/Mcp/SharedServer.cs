using System.Text.Json.Nodes;
using System.Threading.Channels;
using McpRuntime.Http.Problems;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// One server for all requests of revision 2026-07-28, which have no session: making a server for each would cost more
/// than the call. Requests of different clients share it, so they get new ids on the way in; replies find their
/// way back by the transport of the request.
/// </summary>
internal sealed class SharedServer : ITransport
{
    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>(
        new() { SingleReader = true }
    );
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private readonly McpServer _server;
    private readonly Task _running;
    private long _lastId;

    public SharedServer(McpServerOptions options, ILoggerFactory loggers)
    {
        _stopped = _stopping.Token;
        _server = McpServer.Create(this, options, loggers);
        // The request that happens to be first must not be taken for the cause of all others.
        using (ExecutionContext.SuppressFlow())
            _running = Task.Run(() => _server.RunAsync(_stopping.Token));
    }

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">Its message.</param>
    /// <param name="gone">The client went away, which cancels the request as the revision says, or it has to
    /// end.</param>
    public async Task HandleAsync(HttpContext context, JsonRpcRequest request, CancellationToken gone)
    {
        var id = new RequestId(Interlocked.Increment(ref _lastId));
        await using var reply = new HttpReply(context, request.Id, id, stream: null);
        request.Id = id;
        request.Context!.RelatedTransport = reply;
        // Nothing that is written any more would be answered.
        if (!_messages.Writer.TryWrite(request))
            throw Closed();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(gone, _stopped);
        try
        {
            await reply.Completion.WaitAsync(ending.Token);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            if (!context.Response.HasStarted)
                throw Closed();
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // In order behind its request, so that it never comes too early.
            _messages.Writer.TryWrite(
                new JsonRpcNotification
                {
                    Method = NotificationMethods.CancelledNotification,
                    Params = new JsonObject { ["requestId"] = (long)id.Id! },
                }
            );
        }
    }

    private static ProblemException Closed() => new(Problem.NotFound("This MCP endpoint no longer exists."));

    /// <summary>
    /// What belongs to no request has nowhere to go: clients of this revision subscribe by a request.
    /// </summary>
    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (!_messages.Writer.TryComplete())
            return;
        await _stopping.CancelAsync();
        await _running;
        await _server.DisposeAsync();
        _stopping.Dispose();
    }
}
