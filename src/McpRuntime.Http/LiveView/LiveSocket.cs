using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
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

    private readonly Channel<LiveEvent> _queue = Channel.CreateBounded<LiveEvent>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true }
    );
    private readonly LiveFilter _filter;
    private readonly LiveFeed _feed;
    private long _dropped;

    public LiveSocket(LiveFilter filter, LiveFeed feed)
    {
        _filter = filter;
        _feed = feed;
        _feed.Own += Enqueue;
        _feed.Elsewhere += Enqueue;
        _feed.LostElsewhere += OnLoss;
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
        _feed.Own -= Enqueue;
        _feed.Elsewhere -= Enqueue;
        _feed.LostElsewhere -= OnLoss;
    }

    private void Enqueue(LiveEvent happened)
    {
        if (_filter.Shows(happened) && !_queue.Writer.TryWrite(happened))
            Interlocked.Increment(ref _dropped);
    }

    // How much there is of all is for those who see all.
    private void OnLoss(long count)
    {
        if (_filter.ShowsGateway)
            Interlocked.Add(ref _dropped, count);
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

    private void Write(LiveEvent happened, PooledBuffer buffer)
    {
        if (Interlocked.Exchange(ref _dropped, 0) is not (var dropped and > 0))
        {
            buffer.Write(happened.Json);
            return;
        }
        buffer.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"dropped\":{dropped},")));
        buffer.Write(happened.Json[1..]);
    }
}
