using System.Threading.Channels;
using McpRuntime.Http.Replicas;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.LiveView;

/// <summary>
/// Carries the events of this replica to viewers at others, and theirs to viewers here, as notifications of PostgreSQL:
/// in batches, a few a second, and only while someone watches. What is too much is dropped and counted.
/// </summary>
internal sealed class LiveRelay(
    LiveFeed feed,
    LiveReplicas replicas,
    LiveViewers viewers,
    Replica replica,
    Database database,
    TimeProvider time,
    ILogger<LiveRelay> logger
) : IHostedService, IDisposable
{
    private const string Notifications = "mcp_runtime_live";
    private const int QueueLength = 1000;
    private const int PayloadsOfBatch = 4;

    private static readonly TimeSpan BatchEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ListenAgain = TimeSpan.FromSeconds(1);

    private readonly Channel<LiveEvent> _queue = Channel.CreateBounded<LiveEvent>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true }
    );
    private readonly Lock _changing = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _viewersChanged = new(0);
    private volatile CancellationTokenSource? _listening;
    private Task _running = Task.CompletedTask;
    private bool _isSending;
    private long _dropped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!database.IsPostgres)
            return Task.CompletedTask;
        replicas.Changed += OnReplicas;
        viewers.Changed += OnViewers;
        _running = Task.WhenAll(Task.Run(SendAsync, _stopping.Token), Task.Run(ListenAsync, _stopping.Token));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        replicas.Changed -= OnReplicas;
        viewers.Changed -= OnViewers;
        Switch(isWatched: false);
        // Not waited for: the driver asks a server to cancel, for ever where that is paused.
        _ = _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _viewersChanged.Dispose();
    }

    private void OnReplicas() => Switch(replicas.IsWatchedElsewhere);

    private void Switch(bool isWatched)
    {
        lock (_changing)
        {
            if (_isSending == isWatched)
                return;
            _isSending = isWatched;
            if (isWatched)
                feed.Own += Enqueue;
            else
                feed.Own -= Enqueue;
        }
    }

    private void Enqueue(LiveEvent happened)
    {
        // Details are for who watches at this replica.
        if (happened.IsLog && happened.Level < LogLevel.Information)
            return;
        if (!_queue.Writer.TryWrite(happened))
            Interlocked.Increment(ref _dropped);
    }

    private async Task SendAsync()
    {
        while (await _queue.Reader.WaitToReadAsync(_stopping.Token))
        {
            await Task.Delay(BatchEvery, time, _stopping.Token);
            var dropped = Interlocked.Exchange(ref _dropped, 0);
            var (payloads, events, tooLong) = LivePayload.Fill(
                replica.Id,
                dropped,
                () => _queue.Reader.TryRead(out var next) ? next : null,
                PayloadsOfBatch
            );
            Interlocked.Add(ref _dropped, tooLong);
            if (payloads.Count == 0)
                continue;
            try
            {
                await DatabaseOutage.WithinAsync(
                    SendLimit,
                    limit =>
                        database.ExecuteAsync(
                            "SELECT pg_notify(@channel, payload) FROM unnest(@payloads) AS sent (payload)",
                            limit,
                            ("channel", Notifications),
                            ("payloads", payloads.ToArray())
                        ),
                    _stopping.Token
                );
            }
            catch (Exception exception) when (DatabaseOutage.IsCause(exception))
            {
                Interlocked.Add(ref _dropped, dropped + events);
            }
        }
    }

    private void OnViewers()
    {
        if (viewers.Count == 0)
        {
            try
            {
                _ = _listening?.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It does not listen now.
            }
        }
        _viewersChanged.Release();
    }

    private async Task ListenAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            while (viewers.Count == 0)
                await _viewersChanged.WaitAsync(_stopping.Token);
            using var listening = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            _listening = listening;
            try
            {
                if (viewers.Count > 0)
                    await database.ListenAsync(Notifications, Receive, listening.Token);
            }
            catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
            {
                // The last viewer left.
            }
            catch (Exception exception) when (DatabaseOutage.IsCause(exception))
            {
                await Task.Delay(ListenAgain, time, _stopping.Token);
            }
        }
    }

    private void Receive(string payload)
    {
        if (LivePayload.Read(payload) is not { } sent)
        {
            logger.LogWarning("A notification of the live view could not be read.");
            return;
        }
        if (sent.From == replica.Id)
            return;
        if (sent.Dropped > 0)
            feed.ReceiveLoss(sent.Dropped);
        foreach (var happened in sent.Events)
            feed.Receive(happened);
    }
}
