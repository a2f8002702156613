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

    // When the last calls went or will go, oldest first; never more than the limit.
    private readonly Queue<long> _calls = new();

    /// <summary>Takes the next place.</summary>
    /// <param name="longest">The longest wait that is of use.</param>
    /// <param name="wait">The wait for the place, also when it is too long.</param>
    /// <returns>False, and no place is taken, where the wait is too long.</returns>
    public bool TryReserve(TimeSpan longest, out TimeSpan wait)
    {
        lock (_turn)
        {
            var now = time.GetTimestamp();
            var at = _calls.Count < requests ? now : Math.Max(now, _calls.Peek() + (time.TimestampFrequency * 60));
            wait = time.GetElapsedTime(now, at);
            if (wait >= longest)
                return false;
            if (_calls.Count == requests)
                _calls.Dequeue();
            _calls.Enqueue(at);
            return true;
        }
    }
}
