using System.Collections.Concurrent;
using System.Threading.Channels;
using McpRuntime.Server;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// A session of a revision before 2026-07-28. It belongs to the caller and the endpoint that began it: its id alone
/// opens nothing.
/// </summary>
internal sealed class McpSession : ITransport
{
    private const int MostStreams = 32;
    private const string Unsolicited = "s";

    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>(
        new() { SingleReader = true }
    );
    private readonly ConcurrentQueue<EventStream> _streams = new();
    private readonly ConcurrentDictionary<BatchReplies, byte> _batches = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly RunningCalls _calls = new();
    private readonly EventStream _unsolicited;
    private readonly McpServer _server;
    private readonly bool _primes;
    private readonly Task _running;
    private bool _wasListened;
    private long _lastStream;
    private int _active;
    private int _ended;

    /// <param name="id">Random enough that no one guesses it.</param>
    /// <param name="callerId">Whose session it is.</param>
    /// <param name="scope">The endpoint.</param>
    /// <param name="revision">What the client asked for; 2025-11-25 brought events without data.</param>
    /// <param name="loggers">Never given the content of a message.</param>
    /// <param name="now">Timestamp of the clock.</param>
    public McpSession(string id, string callerId, McpScope scope, string? revision, ILoggerFactory loggers, long now)
    {
        SessionId = id;
        CallerId = callerId;
        Scope = scope;
        LastUsed = now;
        _primes = string.CompareOrdinal(revision, "2025-11-25") >= 0;
        _unsolicited = new EventStream(Unsolicited, _primes);
        _server = McpServer.Create(this, scope.Server.Options, loggers);
        using (ExecutionContext.SuppressFlow())
            _running = Task.Run(() => _server.RunAsync(_ending.Token));
    }

    public string SessionId { get; }

    public string CallerId { get; }

    public McpScope Scope { get; }

    /// <summary>
    /// When the API token of its caller expires; null for never. A JWT's end is not the session's: clients renew
    /// those and go on as the same caller.
    /// </summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Timestamp of the last request's end.</summary>
    public long LastUsed { get; private set; }

    /// <summary>No request and no stream is open.</summary>
    public bool IsIdle => Volatile.Read(ref _active) == 0;

    /// <summary>The session is over; streams end with it.</summary>
    public CancellationToken Ending => _ending.Token;

    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    public void Enter() => Interlocked.Increment(ref _active);

    public void Leave(long now)
    {
        LastUsed = now;
        Interlocked.Decrement(ref _active);
    }

    /// <summary>What the handshake agreed on; null before.</summary>
    public string? Revision => _server.NegotiatedProtocolVersion;

    /// <summary>
    /// Hands the messages of a batch to the server and waits for the replies to its requests, which go out together.
    /// </summary>
    public async Task HandleAsync(HttpContext context, MessageBatch batch)
    {
        using var replies = new BatchReplies(batch);
        _batches.TryAdd(replies, 0);
        try
        {
            foreach (var message in batch.Messages)
            {
                if (message is JsonRpcRequest)
                    message.Context!.RelatedTransport = new BatchItem(replies, this);
                await HandOverAsync(message);
            }
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _ending.Token);
            await replies.Completion.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Gone, or the session has ended.
            return;
        }
        finally
        {
            _batches.TryRemove(replies, out _);
        }
        if (replies.IsEmpty)
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        else
            await JsonReply.WriteAsync(context, StatusCodes.Status200OK, replies.Line);
    }

    /// <summary>Hands a message to the server and waits for the response of a request.</summary>
    public async Task HandleAsync(HttpContext context, JsonRpcMessage message)
    {
        if (message is not JsonRpcRequest request)
        {
            await HandOverAsync(message);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }
        if (await TryAnswerDirectlyAsync(context, request))
            return;
        await using var reply = new HttpReply(context, request.Id, request.Id, NewStream, this);
        request.Context!.RelatedTransport = reply;
        _messages.Writer.TryWrite(request);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _ending.Token);
        try
        {
            // A client that goes away cancels nothing in these revisions: it may come back for the rest.
            await reply.Completion.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Gone, or the session has ended.
        }
    }

    /// <summary>Writes messages that belong to no request until the client goes away.</summary>
    public Task ListenAsync(HttpResponse response, CancellationToken gone)
    {
        _wasListened = true;
        return _unsolicited.ResumeAsync(response, long.MaxValue, gone);
    }

    /// <summary>The stream that a client wants to resume; null when it is not kept any more.</summary>
    public EventStream? FindStream(string name) =>
        name == Unsolicited ? _unsolicited : _streams.FirstOrDefault(stream => stream.Name == name);

    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        // Nothing is kept for a client that never listened; it lists again when it needs to.
        if (!_wasListened)
            return;
        using var buffer = new PooledBuffer();
        MessageWriter.Write(message, buffer);
        await _unsolicited.AppendAsync(buffer.Memory, isLast: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        _messages.Writer.TryComplete();
        await _ending.CancelAsync();
        await _calls.CancelAllAsync();
        await _running;
        await _server.DisposeAsync();
    }

    private async ValueTask HandOverAsync(JsonRpcMessage message)
    {
        if (message is JsonRpcNotification notification)
        {
            if (await _calls.CancelAsync(notification))
                return;
            // The library answers a cancelled request with nothing, and a batch would wait for it.
            if (RunningCalls.CancelledBy(notification) is { } id)
            {
                foreach (var batch in _batches.Keys)
                    batch.TryDrop(id);
            }
        }
        _messages.Writer.TryWrite(message);
    }

    private async ValueTask<bool> TryAnswerDirectlyAsync(HttpContext context, JsonRpcRequest request)
    {
        var revision = _server.NegotiatedProtocolVersion;
        if (
            revision is null
            || (request.Context!.ProtocolVersion is { } named && named != revision)
            || _calls.Begin(request.Id) is not { } call
        )
            return false;
        try
        {
            var opensPages = PageElicitation.IsDeclared(_server.ClientCapabilities, revision);
            return await DirectAnswer.TryAsync(context, Scope, request, revision, SessionId, opensPages, call.Token);
        }
        catch (OperationCanceledException)
        {
            // Cancelled, or the client went away: there is no answer, and a stream may end without one.
            if (!context.RequestAborted.IsCancellationRequested)
                context.Response.ContentType = "text/event-stream";
            return true;
        }
        finally
        {
            _calls.End(request.Id);
        }
    }

    private EventStream NewStream()
    {
        var stream = new EventStream($"r{Interlocked.Increment(ref _lastStream)}", _primes);
        _streams.Enqueue(stream);
        if (_streams.Count > MostStreams)
            _streams.TryDequeue(out _);
        return stream;
    }
}
