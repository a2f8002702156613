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

    /// <summary>Takes one request; false with the time to wait when there is none left.</summary>
    public bool TryTake(string key, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (perMinute == 0)
            return true;
        var now = time.GetUtcNow().UtcTicks;
        while (true)
        {
            var known = _emptyAt.TryGetValue(key, out var emptyAt);
            var next = Math.Max(emptyAt, now) + _interval;
            if (next - now > TimeSpan.TicksPerMinute)
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
