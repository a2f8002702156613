using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Server;

/// <summary>
/// The calls of a stream that are answered past the protocol library, because it would find nothing to refuse.
/// </summary>
internal sealed class StreamCalls
{
    private readonly ToolServer _server;
    private readonly McpServer _session;
    private readonly Func<RequestId, PooledBuffer, Task> _write;
    private readonly ILogger _logger;
    private readonly RunningCalls _running = new();
    private volatile bool _ending;

    /// <param name="server">Answers them.</param>
    /// <param name="session">Knows what the handshake has agreed on.</param>
    /// <param name="write">Writes the line of an answer.</param>
    /// <param name="logger">Never sees the content of a message.</param>
    public StreamCalls(
        ToolServer server,
        McpServer session,
        Func<RequestId, PooledBuffer, Task> write,
        ILogger logger
    ) => (_server, _session, _write, _logger) = (server, session, write, logger);

    /// <summary>Takes a call; false, with nothing done, for what the library has to answer.</summary>
    public bool TryBegin(JsonRpcRequest request)
    {
        if (_ending || request.Method != RequestMethods.ToolsCall)
            return false;
        // Before the handshake, and where a request names a revision of its own, the library decides.
        if (
            (_session.NegotiatedProtocolVersion ?? ToolRequest.Revision(request)) is not { } revision
            || DirectRequest.Of(request, new RequestOrigin(User: null, revision)) is not { } call
            || _running.Begin(request.Id) is not { } cancellation
        )
            return false;
        // One that comes while the session ends is cancelled here, or there.
        if (_ending)
            _ = cancellation.CancelAsync();
        // Elsewhere: whatever a call does must not keep other messages from being read.
        ThreadPool.UnsafeQueueUserWorkItem(
            static work => _ = work.Self.AnswerAsync(work.Call, work.Cancellation.Token),
            (Self: this, Call: call, Cancellation: cancellation),
            preferLocal: false
        );
        return true;
    }

    /// <inheritdoc cref="RunningCalls.TryCancel"/>
    public bool TryCancel(JsonRpcNotification notification) => _running.TryCancel(notification);

    /// <summary>Cancels all, and waits for their end.</summary>
    public async Task EndAsync()
    {
        _ending = true;
        await _running.CancelAllAsync();
        await _running.DrainAsync();
    }

    private async Task AnswerAsync(DirectRequest call, CancellationToken cancellationToken)
    {
        try
        {
            using var line = new PooledBuffer();
            try
            {
                await _server.AnswerAsync(call, line, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                _logger.LogError(failure, "A call failed unexpectedly.");
                MessageWriter.Write(
                    new MessageFault(
                        McpErrorCode.InternalError,
                        "The call failed inside the server; its log has the details.",
                        call.Id
                    ).ToError(),
                    line
                );
            }
            await _write(call.Id, line);
        }
        catch (OperationCanceledException)
        {
            // There is no answer to a call that was cancelled.
        }
        finally
        {
            _running.End(call.Id);
        }
    }
}
