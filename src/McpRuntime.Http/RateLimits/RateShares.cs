using System.Collections.Concurrent;
using McpRuntime.Http.Replicas;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.RateLimits;

/// <summary>
/// How much of each limit is this replica's. Replicas exchange what is asked of them once a second, never within a
/// call; while the database does not answer, each keeps what it has.
/// </summary>
internal sealed class RateShares(
    ShareTable table,
    LiveReplicas replicas,
    Database database,
    TimeProvider time,
    ILogger<RateShares> logger
) : IHostedService, IDisposable
{
    private const int Most = 100_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, ShareOfLimit> _shares = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Notes one request, and says how much of its limit may be used here, above 0 and at most 1.</summary>
    public double Ask(string name)
    {
        var count = replicas.Count;
        if (count == 1)
            return 1;
        if (!_shares.TryGetValue(name, out var share))
        {
            if (_shares.Count >= Most)
                return 1.0 / count;
            share = _shares.GetOrAdd(name, static (_, count) => new ShareOfLimit(1.0 / count), count);
        }
        share.Ask();
        return share.Share;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.IsPostgres)
            _running = Task.Run(ExchangeAsync, _stopping.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task ExchangeAsync()
    {
        var pause = Every;
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await TurnAsync();
                pause = Every;
            }
            catch (Exception exception) when (DatabaseOutage.IsCause(exception))
            {
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
            catch (Exception exception)
            {
                logger.LogError(
                    exception,
                    "Shares of rate limits cannot be exchanged; each replica keeps what it has."
                );
                pause = LongestPause;
            }
        }
    }

    private async Task TurnAsync()
    {
        var asked = _shares.ToArray();
        if (asked.Length == 0)
            return;
        var said = asked.Select(pair => pair.Value.Say(pair.Key)).ToList();
        var others = await DatabaseOutage.WithinAsync(
            QueryLimit,
            limit => table.ExchangeAsync(said, limit),
            _stopping.Token
        );
        foreach (var (name, share) in asked)
            share.Agree(others[name], replicas.Count);
        var idle = asked.Where(pair => pair.Value.IsIdle).ToList();
        if (idle.Count == 0)
            return;
        foreach (var pair in idle)
            _shares.TryRemove(pair);
        await DatabaseOutage.WithinAsync(
            QueryLimit,
            async limit =>
            {
                await table.RemoveAsync([.. idle.Select(pair => pair.Key)], limit);
                return true;
            },
            _stopping.Token
        );
    }
}
