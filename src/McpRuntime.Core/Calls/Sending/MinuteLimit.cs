namespace McpRuntime.Calls.Sending;

/// <summary>
/// At most so many calls in any 60 seconds. A call that has to wait takes its place at once, so the first to come is
/// the first to go, and how long it will wait is known before it does.
/// </summary>
/// <param name="requests">Calls a minute; 1 or more.</param>
/// <param name="time">The clock.</param>
internal sealed class MinuteLimit(int requests, TimeProvider time)
{
    private readonly Lock _turn = new();

    // When the last calls went or will go, as a ring; never more than the limit.
    private long[] _calls = [];
    private int _count;
    private int _next;

    /// <summary>Takes the next place.</summary>
    /// <param name="share">
    /// How much of the limit may be used here, above 0 and at most 1: other processes have the rest. Where that is less
    /// than one call a minute, it is one in more than a minute.
    /// </param>
    /// <param name="longest">The longest wait that is of use.</param>
    /// <param name="wait">The wait for the place, also when it is too long.</param>
    /// <returns>False, and no place is taken, where the wait is too long.</returns>
    public bool TryReserve(double share, TimeSpan longest, out TimeSpan wait)
    {
        var perMinute = requests * share;
        var most = Math.Clamp((int)perMinute, 1, requests);
        var window = (long)(time.TimestampFrequency * 60 * (most / perMinute));
        lock (_turn)
        {
            var now = time.GetTimestamp();
            var at = _count < most ? now : Math.Max(now, Before(most) + window);
            // With a smaller share, the last place may be later than this one would be.
            if (_count > 0)
                at = Math.Max(at, Before(1));
            wait = time.GetElapsedTime(now, at);
            if (wait >= longest)
                return false;
            Add(at);
            return true;
        }
    }

    // The call so many places back.
    private long Before(int places) => _calls[(_next - places + _calls.Length) % _calls.Length];

    private void Add(long at)
    {
        // Most limits are never reached: the ring grows with what comes.
        if (_count == _calls.Length && _count < requests)
        {
            var ring = new long[Math.Min(requests, Math.Max(16, _count * 2))];
            for (var i = 0; i < _count; i++)
                ring[i] = Before(_count - i);
            (_calls, _next) = (ring, _count % ring.Length);
        }
        _calls[_next] = at;
        _next = (_next + 1) % _calls.Length;
        _count = Math.Min(_count + 1, requests);
    }
}
