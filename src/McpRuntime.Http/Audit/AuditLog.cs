using System.Threading.Channels;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Audit;

/// <summary>
/// Writes the audit in batches while calls go on. While the database is away, entries wait in memory. Those that can
/// wait no longer, and those that the database does not take, go to the log and are counted, so that none vanishes.
/// </summary>
internal sealed class AuditLog(AuditStore store, GatewaySettings settings, TimeProvider time, ILogger<AuditLog> logger)
    : IHostedService,
        IDisposable
{
    private const int QueueLength = 50_000;
    private const int BatchLength = 2_000;

    // Every batch costs the disk a round or two; so much of it may be lost when the machine loses its power.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InsertLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SweepLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LastInsertLimit = TimeSpan.FromSeconds(3);

    private readonly Channel<AuditEntry> _queue = Channel.CreateBounded<AuditEntry>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true }
    );

    private readonly CancellationTokenSource _stopping = new();
    private Task _writing = Task.CompletedTask;
    private volatile int _batch;
    private bool _hasGivenUp;
    private long _lost;

    /// <summary>Entries that are not in the database yet.</summary>
    public int Waiting => _queue.Reader.Count + _batch;

    /// <summary>Entries since the start that went to the log and not to the database.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Never waits.</summary>
    public void Add(AuditEntry entry)
    {
        if (!_queue.Writer.TryWrite(entry))
            WriteToLog(entry);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = Task.Run(WriteAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _writing;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WriteAsync()
    {
        var batch = new List<AuditEntry>(BatchLength);
        var swept = DateTimeOffset.MinValue;
        while (await _queue.Reader.WaitToReadAsync())
        {
            if (_queue.Reader.Count < BatchLength)
                await Task.Delay(Gathering, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (batch.Count < BatchLength && _queue.Reader.TryRead(out var entry))
            {
                batch.Add(entry.Storable());
                _batch = batch.Count;
            }
            await SaveAsync(batch);
            batch.Clear();
            _batch = 0;
            if (time.GetUtcNow() - swept > TimeSpan.FromHours(1))
            {
                swept = time.GetUtcNow();
                await SweepAsync(swept);
            }
        }
    }

    private async Task SaveAsync(IReadOnlyList<AuditEntry> batch)
    {
        for (var told = false; !_hasGivenUp; told = true)
        {
            try
            {
                await DatabaseOutage.WithinAsync(
                    _stopping.IsCancellationRequested ? LastInsertLimit : InsertLimit,
                    async limit =>
                    {
                        await store.InsertAsync(batch, limit);
                        return true;
                    },
                    CancellationToken.None
                );
                return;
            }
            catch (Exception exception) when (AuditStore.IsDataAtFault(exception))
            {
                await IsolateAsync(batch, exception);
                return;
            }
            catch (Exception exception)
            {
                // A stop waits for one attempt, not for one of each batch.
                _hasGivenUp = _stopping.IsCancellationRequested;
                if (!told)
                    logger.LogError(exception, "Audit entries cannot be written to the database; they wait in memory.");
                await Task.Delay(RetryAfter, time, _stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        foreach (var entry in batch)
            WriteToLog(entry);
    }

    // One entry that the database does not take must not keep the others from it: halves find it in a few rounds.
    private async Task IsolateAsync(IReadOnlyList<AuditEntry> batch, Exception exception)
    {
        if (batch.Count == 1)
        {
            logger.LogError(exception, "The database rejected an audit entry.");
            WriteToLog(batch[0]);
            return;
        }
        await SaveAsync([.. batch.Take(batch.Count / 2)]);
        await SaveAsync([.. batch.Skip(batch.Count / 2)]);
    }

    private async Task SweepAsync(DateTimeOffset now)
    {
        try
        {
            await DatabaseOutage.WithinAsync(
                SweepLimit,
                async limit =>
                {
                    await store.DeleteBeforeAsync(now.AddDays(-settings.AuditDays), limit);
                    return true;
                },
                _stopping.Token
            );
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next start does it.
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "Old audit entries could not be deleted; retrying in an hour.");
        }
    }

    private void WriteToLog(AuditEntry entry)
    {
        Interlocked.Increment(ref _lost);
        logger.LogError("Not in the database: {Entry}", entry);
    }
}
