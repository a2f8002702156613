using System.Collections.Concurrent;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Replicas;

/// <summary>
/// What one replica changed, told to all. A message is a topic and a key, never a secret: who gets it reads what it
/// is about again. With PostgreSQL a notification brings it, or a look at the table each second where notifications do
/// not arrive (a lost connection, a pooler). With SQLite there is one process, and it is told directly.
/// </summary>
internal sealed class ReplicaMessages(
    MessageTable table,
    Replica replica,
    Database database,
    TimeProvider time,
    ILogger<ReplicaMessages> logger
) : IHostedService, IDisposable
{
    /// <summary>The key that means all: something may have been missed.</summary>
    public const string Everything = "*";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(2);

    // A sender that was killed between its change and its message told no one.
    private static readonly TimeSpan LookAtEverythingEvery = TimeSpan.FromMinutes(1);

    private const int MostUnsent = 10_000;

    private readonly MessageHandlers _handlers = new(logger);
    private readonly ConcurrentQueue<(string Topic, string Key)> _unsent = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _woken = new(0);
    private Task _running = Task.CompletedTask;
    private long _last;

    /// <summary>
    /// Calls the handler for each message of a topic, on every replica and the sender's own too, one after the other.
    /// It must be cheap, and safe to repeat: after a gap and now and then it is called with
    /// <see cref="Everything"/>. It must not send messages of its own topic.
    /// </summary>
    /// <returns>Ends it.</returns>
    public IDisposable On(string topic, Func<string, CancellationToken, Task> handler) => _handlers.Add(topic, handler);

    /// <summary>
    /// Tells every replica; when it returns, this one has followed. Where the database does not answer, the others are
    /// told when it does.
    /// </summary>
    /// <param name="topic">One of <see cref="ReplicaTopics"/>.</param>
    /// <param name="key">A name or an id, never a secret.</param>
    /// <param name="cancellationToken">Stops waiting for the handlers; the others are told nevertheless.</param>
    public async Task SendAsync(string topic, string key, CancellationToken cancellationToken)
    {
        // At once, since this one must not be the last to follow where the database does not answer.
        var sending = table.IsShared ? TrySendAsync(topic, key) : Task.FromResult(true);
        await _handlers.RunAsync(topic, key, cancellationToken);
        if (!await sending && _unsent.Count < MostUnsent)
            _unsent.Enqueue((topic, key));
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!table.IsShared)
            return;
        _last = await table.LastAsync(cancellationToken);
        _running = Task.WhenAll(Task.Run(FollowAsync, _stopping.Token), Task.Run(ListenAsync, _stopping.Token));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Not waited for: the driver asks a server to cancel, for ever where that is paused.
        _ = _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _woken.Dispose();
    }

    private async Task<bool> TrySendAsync(string topic, string key)
    {
        try
        {
            await DatabaseOutage.WithinAsync(
                SendLimit,
                async limit =>
                {
                    await table.AddAsync(replica.Id, topic, key, limit);
                    return true;
                },
                CancellationToken.None
            );
            return true;
        }
        catch (Exception exception) when (DatabaseOutage.IsCause(exception))
        {
            logger.LogWarning(exception, "Other replicas could not be told about {Topic}; they will be.", topic);
            return false;
        }
    }

    private async Task FollowAsync()
    {
        var pause = LookEvery;
        var complete = time.GetTimestamp();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (pause > LookEvery || time.GetElapsedTime(complete) >= LookAtEverythingEvery)
                {
                    await LookAtEverythingAsync();
                    complete = time.GetTimestamp();
                }
                else
                {
                    await LookAsync();
                }
                pause = LookEvery;
                await SendLateAsync();
            }
            catch (Exception exception) when (DatabaseOutage.IsCause(exception))
            {
                if (_stopping.IsCancellationRequested)
                    return;
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Messages of other replicas could not be followed.");
                pause = LongestPause;
            }
            await WaitAsync(pause);
        }
    }

    private async Task WaitAsync(TimeSpan pause)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        await Task.WhenAny(_woken.WaitAsync(waiting.Token), Task.Delay(pause, time, waiting.Token));
        await waiting.CancelAsync();
        // Of several notifications one look is enough.
        while (_woken.CurrentCount > 0 && await _woken.WaitAsync(0, CancellationToken.None))
            continue;
    }

    private async Task LookAsync()
    {
        while (true)
        {
            var after = _last;
            var messages = await DatabaseOutage.WithinAsync(
                QueryLimit,
                limit => table.ReadAsync(after, limit),
                _stopping.Token
            );
            if (messages.Count == 0)
                return;
            // Its own were followed when they were sent.
            var topics = messages
                .Where(message => message.Sender != replica.Id)
                .GroupBy(message => message.Topic, StringComparer.Ordinal);
            await Task.WhenAll(topics.Select(FollowAsync));
            _last = messages[^1].Id;
        }
    }

    private async Task FollowAsync(IEnumerable<ReplicaMessage> ofTopic)
    {
        foreach (var message in ofTopic.DistinctBy(message => message.Key, StringComparer.Ordinal))
            await _handlers.RunAsync(message.Topic, message.Key, _stopping.Token);
    }

    private async Task LookAtEverythingAsync()
    {
        // A database that was put back to an earlier state counts anew.
        var newest = await DatabaseOutage.WithinAsync(QueryLimit, table.LastAsync, _stopping.Token);
        _last = Math.Min(_last, newest);
        await _handlers.RunAllAsync(Everything, _stopping.Token);
        await LookAsync();
        await DatabaseOutage.WithinAsync(
            QueryLimit,
            async limit =>
            {
                await table.RemoveOldAsync(limit);
                return true;
            },
            _stopping.Token
        );
    }

    private async Task SendLateAsync()
    {
        while (_unsent.TryPeek(out var late))
        {
            if (!await TrySendAsync(late.Topic, late.Key))
                return;
            _unsent.TryDequeue(out _);
        }
    }

    private async Task ListenAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await database.ListenAsync(MessageTable.Channel, _ => _woken.Release(), _stopping.Token);
            }
            catch (Exception exception) when (DatabaseOutage.IsCause(exception))
            {
                // The looks go on, and tell when the database is away.
            }
            await Task.Delay(LookEvery, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
