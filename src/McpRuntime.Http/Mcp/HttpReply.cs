using System.Threading.Channels;
using McpRuntime.Server;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// The reply to one request: plain JSON where the response is all there is, an event stream as soon as anything comes
/// before it.
/// </summary>
internal sealed class HttpReply : ITransport
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly HttpContext _context;
    private readonly RequestId _clientId;
    private readonly RequestId _serverId;
    private readonly bool _isShared;
    private readonly Func<EventStream>? _openStream;
    private readonly ITransport? _beside;
    private EventStream? _stream;
    private bool _streaming;
    private bool _closed;

    /// <param name="context">The request.</param>
    /// <param name="clientId">The id that the client gave.</param>
    /// <param name="serverId">The id that the server knows; the same where it serves one client.</param>
    /// <param name="stream">Keeps the events of a stream for a client that comes back; null where none can.</param>
    /// <param name="beside">Gets what comes before the response where the client takes no stream; null drops
    /// it.</param>
    public HttpReply(
        HttpContext context,
        RequestId clientId,
        RequestId serverId,
        Func<EventStream>? stream,
        ITransport? beside = null
    )
    {
        _beside = beside;
        _isShared = stream is null;
        _context = context;
        _clientId = clientId;
        _serverId = serverId;
        _openStream = stream;
    }

    /// <summary>The response was written, or the stream was handed over to the client's next connection.</summary>
    public Task Completion => _completion.Task;

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => throw new NotSupportedException("A reply is only written.");

    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        var isLast = message is JsonRpcResponse or JsonRpcError && ((JsonRpcMessageWithId)message).Id == _serverId;
        if (!isLast && !_closed && ReplyTypes.IsJsonOnly(_context))
        {
            await (_beside?.SendMessageAsync(message, cancellationToken) ?? Task.CompletedTask);
            return;
        }
        using var buffer = new PooledBuffer();
        MessageWriter.Write(ForClient(message), buffer);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_stream is not null)
                await _stream.AppendAsync(buffer.Memory, isLast);
            else if (!_closed)
                await WriteAsync(message, buffer, isLast);
        }
        catch (Exception exception)
            when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            _closed = true;
        }
        finally
        {
            _writing.Release();
            if (isLast)
                _completion.TrySetResult();
        }
    }

    /// <summary>
    /// Ends the connection but not the request: the client is told to come back for the rest (SEP-1699). False where
    /// nothing keeps it.
    /// </summary>
    public async Task<bool> DisconnectAsync(TimeSpan retryAfter, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_openStream is null)
                return false;
            await StartStreamAsync();
            await _stream!.DetachAsync(retryAfter);
        }
        finally
        {
            _writing.Release();
        }
        _completion.TrySetResult();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        // Nothing may touch the context after its request has ended.
        await _writing.WaitAsync();
        _closed = true;
        if (_stream is not null)
            await _stream.DetachAsync(retryAfter: null);
        _writing.Release();
    }

    private async Task WriteAsync(JsonRpcMessage message, PooledBuffer buffer, bool isLast)
    {
        if (isLast && !_streaming)
        {
            await JsonReply.WriteAsync(_context, StatusOf(message), buffer);
            return;
        }
        await StartStreamAsync();
        if (_stream is not null)
            await _stream.AppendAsync(buffer.Memory, isLast);
        else
            await EventWriter.WriteAsync(_context.Response, id: null, buffer.Memory, _context.RequestAborted);
    }

    private async Task StartStreamAsync()
    {
        if (_streaming)
            return;
        _streaming = true;
        EventWriter.Start(_context);
        if (_openStream is null)
            return;
        _stream = _openStream();
        await _stream.AttachAsync(_context.Response, _context.RequestAborted);
    }

    private int StatusOf(JsonRpcMessage message) =>
        message is JsonRpcError error && _isShared
            ? (McpErrorCode)error.Error.Code switch
            {
                McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
                McpErrorCode.MissingRequiredClientCapability
                or McpErrorCode.UnsupportedProtocolVersion
                or McpErrorCode.HeaderMismatch => StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status200OK,
            }
            : StatusCodes.Status200OK;

    private JsonRpcMessage ForClient(JsonRpcMessage message)
    {
        if (!_isShared)
            return message;
        switch (message)
        {
            case JsonRpcResponse response when response.Id == _serverId:
                return new JsonRpcResponse { Id = _clientId, Result = response.Result };
            case JsonRpcError error when error.Id == _serverId:
                return new JsonRpcError { Id = _clientId, Error = error.Error };
            case JsonRpcNotification notification:
                SubscriptionIds.Restore(notification, _serverId, _clientId);
                return notification;
            default:
                return message;
        }
    }
}
