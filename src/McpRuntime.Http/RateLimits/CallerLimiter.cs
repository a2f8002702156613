using System.Collections.Concurrent;

namespace McpRuntime.Http.RateLimits;

/// <summary>
/// Limits requests by key with the generic cell rate algorithm (ITU-T I.371): one number a key says when its bucket is
/// empty again. A burst may use a whole minute's worth at once.
/// </summary>
internal sealed class CallerLimiter(int perMinute, TimeProvider time)
{
    private const int SweepAt = 10_000;

    private readonly ConcurrentDictionary<string, long> _emptyAt = new(StringComparer.Ordinal);
    private readonly long _interval = perMinute == 0 ? 0 : TimeSpan.TicksPerMinute / perMinute;

    /// <summary>Takes one request of a limit that is this replica's alone.</summary>
    public bool TryTake(string key, out TimeSpan wait) => TryTake(key, share: 1, out wait);

    /// <summary>Takes one request; false with the time to wait when there is none left.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="share">How much of the limit may be used here, above 0 and at most 1.</param>
    /// <param name="wait">For the next.</param>
    public bool TryTake(string key, double share, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (perMinute == 0)
            return true;
        var now = time.GetUtcNow().UtcTicks;
        var interval = (long)(_interval / share);
        while (true)
        {
            var known = _emptyAt.TryGetValue(key, out var emptyAt);
            var next = Math.Max(emptyAt, now) + interval;
            // An empty bucket takes one, also where a small share of a small limit is less than one a minute.
            if (next - now > TimeSpan.TicksPerMinute && emptyAt > now)
            {
                wait = TimeSpan.FromTicks(next - now - TimeSpan.TicksPerMinute);
                return false;
            }
            if (known ? _emptyAt.TryUpdate(key, next, emptyAt) : _emptyAt.TryAdd(key, next))
                break;
        }
        if (_emptyAt.Count > SweepAt)
            Sweep(now);
        return true;
    }

    /// <summary>Gives one request back, which turned out not to count.</summary>
    public void Return(string key)
    {
        while (_emptyAt.TryGetValue(key, out var emptyAt))
        {
            if (_emptyAt.TryUpdate(key, emptyAt - _interval, emptyAt))
                return;
        }
    }

    // Keys whose bucket is empty again say nothing any more; addresses come and go.
    private void Sweep(long now)
    {
        foreach (var pair in _emptyAt)
        {
            if (pair.Value <= now)
                _emptyAt.TryRemove(pair);
        }
    }
}
