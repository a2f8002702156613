using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using McpRuntime.Calls;
using McpRuntime.Calls.Sending;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Logging;
using McpRuntime.Network;
using McpRuntime.Server;

namespace McpRuntime.Http.LiveView;

/// <summary>
/// One viewer. Events wait in a queue of bounded length: a viewer that reads too slowly misses events and is told how
/// many, and neither calls nor memory suffer. It listens from when it is made, before the connection is accepted, so
/// that a viewer sees whatever happens after it was answered.
/// </summary>
internal sealed class LiveSocket : IDisposable
{
    private const int QueueLength = 512;

    private readonly Channel<object> _queue = Channel.CreateBounded<object>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true }
    );
    private readonly LiveFilter _filter;
    private readonly CallFeed _feed;
    private readonly ToolCaller _caller;
    private readonly LogBuffer _logs;
    private readonly FolderConnectors _folder;
    private readonly TimeProvider _time;
    private long _dropped;

    public LiveSocket(LiveFilter filter, IServiceProvider services)
    {
        _filter = filter;
        _feed = services.GetRequiredService<CallFeed>();
        _caller = services.GetRequiredService<ToolCaller>();
        _logs = services.GetRequiredService<LogBuffer>();
        _folder = services.GetRequiredService<FolderConnectors>();
        _time = services.GetRequiredService<TimeProvider>();
        _feed.Happened += OnCall;
        _caller.BreakerChanged += OnBreaker;
        _logs.Written += OnLog;
        _folder.Changed += OnReload;
    }

    /// <summary>
    /// Sends events until the viewer goes away, the gateway stops, or the viewer may not see them any more.
    /// </summary>
    /// <param name="socket">The viewer's.</param>
    /// <param name="stopping">The gateway stops.</param>
    /// <param name="refused">The viewer's token was revoked or has expired.</param>
    public async Task RunAsync(WebSocket socket, CancellationToken stopping, CancellationToken refused)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, refused);
        var reading = ReadAsync(socket, ended);
        await WriteAsync(socket, ended.Token);
        await reading;
    }

    public void Dispose()
    {
        _feed.Happened -= OnCall;
        _caller.BreakerChanged -= OnBreaker;
        _logs.Written -= OnLog;
        _folder.Changed -= OnReload;
    }

    private void OnCall(CallEvent call)
    {
        if (_filter.Shows(call))
            Enqueue(call);
    }

    private void OnLog(LogEntry entry)
    {
        if (_filter.Shows(entry))
            Enqueue(entry);
    }

    private void OnBreaker(Origin origin, BreakerState state)
    {
        if (_filter.ShowsGateway)
            Enqueue(new BreakerChange(_time.GetUtcNow(), origin, state));
    }

    private void OnReload()
    {
        if (_filter.ShowsGateway)
            Enqueue(_folder.Current);
    }

    private void Enqueue(object happened)
    {
        if (!_queue.Writer.TryWrite(happened))
            Interlocked.Increment(ref _dropped);
    }

    // A viewer says nothing; reading is how its leaving is noticed, and how pings are answered.
    private static async Task ReadAsync(WebSocket socket, CancellationTokenSource ended)
    {
        var buffer = new byte[1024];
        try
        {
            while (
                (await socket.ReceiveAsync(buffer.AsMemory(), ended.Token)).MessageType != WebSocketMessageType.Close
            )
            {
                // Whatever it was, there is nothing to do about it.
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // Gone, or we are.
        }
        await ended.CancelAsync();
    }

    private async Task WriteAsync(WebSocket socket, CancellationToken ended)
    {
        try
        {
            await foreach (var happened in _queue.Reader.ReadAllAsync(ended))
            {
                using var buffer = new PooledBuffer();
                Write(happened, buffer);
                await socket.SendAsync(buffer.Memory, WebSocketMessageType.Text, endOfMessage: true, ended);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            if (socket.State is WebSocketState.Open)
                socket.Abort();
        }
    }

    private void Write(object happened, PooledBuffer buffer)
    {
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        if (Interlocked.Exchange(ref _dropped, 0) is var dropped and > 0)
            writer.WriteNumber("dropped"u8, dropped);
        switch (happened)
        {
            case CallEvent call:
                LiveJson.Write(writer, call);
                break;
            case BreakerChange change:
                writer.WriteString("type"u8, "breaker"u8);
                writer.WriteString("time"u8, change.Time);
                writer.WriteString("origin"u8, change.Origin.ToString());
                writer.WriteString("state"u8, change.State.Word());
                break;
            case LogEntry entry:
                writer.WriteString("type"u8, "log"u8);
                writer.WritePropertyName("line"u8);
                LogJson.Write(writer, entry);
                break;
            case ServedConnectors served:
                writer.WriteString("type"u8, "reload"u8);
                writer.WriteString("time"u8, _time.GetUtcNow());
                writer.WriteNumber("connectors"u8, served.Connectors.Count);
                writer.WriteNumber("tools"u8, served.Tools.Tools.Count);
                break;
        }
        writer.WriteEndObject();
    }

    private sealed record BreakerChange(DateTimeOffset Time, Origin Origin, BreakerState State);
}
