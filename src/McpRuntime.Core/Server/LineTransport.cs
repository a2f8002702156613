using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Server;

/// <summary>
/// MCP over two streams, one JSON-RPC message a line. Every line that is not a message gets an error and the session
/// goes on; answers are still written after the input has ended.
/// </summary>
internal sealed class LineTransport : ITransport
{
    // What a pipe takes at once; a message up to this size goes out in one write.
    private const int DirectBytes = 64 * 1024;

    private readonly Stream _input;
    private readonly Stream _output;
    private readonly int _maxLineBytes;
    private readonly ILogger _logger;

    // The library's loop only hands each message on, so the reading thread may run it: one change of threads less.
    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>(
        new UnboundedChannelOptions
        {
            SingleReader = true,
            SingleWriter = true,
            AllowSynchronousContinuations = true,
        }
    );

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly OutstandingRequests _outstanding = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<BatchReplies> _batches = [];
    private volatile StreamCalls? _calls;
    private volatile bool _outputClosed;
    private volatile bool _hasBatches;
    private string? _revision;

    /// <param name="input">Read on its own thread, so a blocking stream costs the thread pool nothing.</param>
    /// <param name="output">Gets one write a message, or two for a long list.</param>
    /// <param name="maxLineBytes">Bytes of a line that is read; a longer one is refused.</param>
    /// <param name="logger">Never sees the content of a message.</param>
    public LineTransport(Stream input, Stream output, int maxLineBytes, ILogger logger)
    {
        _input = input;
        _output = output;
        _maxLineBytes = maxLineBytes;
        _logger = logger;
    }

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    /// <summary>Completes when the input has ended or the output was closed by the other side.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Completes when, after the end of input, every request has its answer.</summary>
    public Task Drained => _outstanding.Drained;

    /// <summary>Begins to read.</summary>
    public void Start() => new Thread(Read) { IsBackground = true, Name = "MCP input" }.Start();

    /// <summary>
    /// From now on calls are answered past the protocol library where it would find nothing to refuse.
    /// </summary>
    /// <inheritdoc cref="StreamCalls(ToolServer, McpServer, Func{RequestId, PooledBuffer, Task}, ILogger)"/>
    public void AnswerCalls(ToolServer server, McpServer session) =>
        _calls = new StreamCalls(server, session, WriteAsync, _logger);

    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        if (_hasBatches && TryAddToBatch(message))
            return;
        using var line = new PooledBuffer();
        // A long list is written from where it lies: copying a megabyte first takes longer than writing it.
        var isLong = MessageWriter.TryGetRaw(message, out var raw) && raw.Line.Length > DirectBytes;
        if (isLong)
            WriteStart((JsonRpcResponse)message, raw!, line);
        else
            MessageWriter.Write(message, line);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            Write(line.Span, isLong ? raw!.Line[DirectBytes..] : default);
        }
        finally
        {
            _writing.Release();
            if (message is JsonRpcResponse or JsonRpcError)
                _outstanding.End(((JsonRpcMessageWithId)message).Id);
        }
    }

    /// <summary>Cancels the calls that are answered here, and waits for their end.</summary>
    public Task EndCallsAsync() => _calls?.EndAsync() ?? Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _messages.Writer.TryComplete();
        _ended.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private void Read()
    {
        try
        {
            using var lines = new LineReader(_input, _maxLineBytes);
            while (!_outputClosed && lines.TryRead(out var line, out var tooLong))
            {
                if (tooLong)
                    Refuse(
                        new MessageFault(
                            McpErrorCode.InvalidRequest,
                            $"The line has more than {_maxLineBytes} bytes, the limit of one message."
                        )
                    );
                else if (!line.IsEmpty)
                    Accept(line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            _logger.LogDebug(e, "Reading the client's messages ended.");
        }
        finally
        {
            _messages.Writer.TryComplete();
            _outstanding.NoMore();
            _ended.TrySetResult();
        }
    }

    private void Accept(ReadOnlySpan<byte> line)
    {
        if (_revision == ProtocolEra.OfBatches && MessageBatch.Is(line))
        {
            AcceptBatch(line);
            return;
        }
        var (message, fault) = MessageParser.Parse(line);
        if (
            message is JsonRpcRequest { Method: RequestMethods.Initialize } initialize
            && (fault = Handshake.Prepare(initialize)) is null
        )
            _revision ??= initialize.Params?["protocolVersion"]?.ToString();
        if (fault is not null)
            Refuse(fault);
        else
            Accept(message!);
    }

    private void Accept(JsonRpcMessage message)
    {
        // A listening request is answered by notifications only; no one waits for its result at the end.
        if (message is JsonRpcRequest { Method: not RequestMethods.SubscriptionsListen } request)
        {
            _outstanding.Begin(request.Id);
            // Calls of a batch have one answer together, which the library's replies are gathered for.
            if (!_hasBatches && _calls?.TryBegin(request) == true)
                return;
        }
        else if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification } cancelled)
        {
            EndCancelled(cancelled.Params);
            if (_calls?.TryCancel(cancelled) == true)
                return;
        }
        _messages.Writer.TryWrite(message);
    }

    // The answer to a call.
    private async Task WriteAsync(RequestId id, PooledBuffer line)
    {
        await _writing.WaitAsync();
        try
        {
            Write(line.Span, default);
        }
        finally
        {
            _writing.Release();
            _outstanding.End(id);
        }
    }

    private void AcceptBatch(ReadOnlySpan<byte> line)
    {
        var (batch, fault) = MessageBatch.Parse(line);
        if (batch is null)
        {
            Refuse(fault!);
            return;
        }
        var replies = new BatchReplies(batch);
        lock (_batches)
            _batches.Add(replies);
        _hasBatches = true;
        foreach (var message in batch.Messages)
            Accept(message);
        EndBatch(replies);
    }

    private bool TryAddToBatch(JsonRpcMessage message)
    {
        BatchReplies? replies;
        lock (_batches)
            replies = _batches.Find(batch => batch.TryAdd(message));
        if (replies is null)
            return false;
        EndBatch(replies);
        _outstanding.End(((JsonRpcMessageWithId)message).Id);
        return true;
    }

    // By the one who sees its last reply first; the batch is in the list until then.
    private void EndBatch(BatchReplies replies)
    {
        if (!replies.Completion.IsCompleted)
            return;
        lock (_batches)
        {
            if (!_batches.Remove(replies))
                return;
        }
        using (replies)
        {
            if (!replies.IsEmpty)
                WriteAlone(replies.Line.Span);
        }
    }

    private void EndCancelled(JsonNode? parameters)
    {
        if (parameters?["requestId"] is not JsonValue value)
            return;
        RequestId id;
        if (value.TryGetValue(out long number))
            id = new RequestId(number);
        else if (value.TryGetValue(out string? text))
            id = new RequestId(text);
        else
            return;
        if (_hasBatches)
        {
            BatchReplies? replies;
            lock (_batches)
                replies = _batches.Find(batch => batch.TryDrop(id));
            if (replies is not null)
                EndBatch(replies);
        }
        _outstanding.End(id);
    }

    private void Refuse(MessageFault fault)
    {
        _logger.LogWarning("A line of the client was refused: {Reason}", fault.Message);
        using var line = new PooledBuffer();
        MessageWriter.Write(fault.ToError(), line);
        WriteAlone(line.Span);
    }

    private void WriteAlone(ReadOnlySpan<byte> line)
    {
        _writing.Wait();
        try
        {
            Write(line, default);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static void WriteStart(JsonRpcResponse response, RawResult raw, PooledBuffer line)
    {
        MessageWriter.WriteHead(response.Id, line);
        line.Append(raw.Line[..DirectBytes]);
    }

    // Not cancellable and not asynchronous: half a line would break the session, and one thread at a time may wait
    // for a client that reads slowly.
    private void Write(ReadOnlySpan<byte> line, ReadOnlySpan<byte> remainder)
    {
        if (_outputClosed)
            return;
        try
        {
            _output.Write(line);
            if (!remainder.IsEmpty)
                _output.Write(remainder);
            _output.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _outputClosed = true;
            _logger.LogInformation("The client no longer reads; the session ends.");
            _logger.LogDebug(e, "Writing to the client failed.");
            _ended.TrySetResult();
        }
    }
}
