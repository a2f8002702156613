using System.Threading.Channels;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls;

/// <summary>A clock that stands until a test moves it, and that tells which waits begin.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _turn = new();
    private readonly List<Timer> _timers = [];
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(50) + _elapsed;

    /// <summary>The next timer that is set, the call's own time included.</summary>
    public async Task<TimeSpan> NextWaitAsync() =>
        await _waits.Reader.ReadAsync(CallBench.CancellationToken).AsTask().WaitAsync(ProcessRunner.HangGuard, CallBench.CancellationToken);

    public void Advance(TimeSpan span)
    {
        List<Timer> due;
        lock (_turn)
        {
            _elapsed += span;
            due = _timers.FindAll(timer => timer.Due <= _elapsed);
            _timers.RemoveAll(timer => timer.Due <= _elapsed);
        }
        due.ForEach(timer => timer.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ManualTime time, Action fire) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            lock (time._turn)
            {
                Due = time._elapsed + dueTime;
                time._timers.Add(this);
            }
            time._waits.Writer.TryWrite(dueTime);
            return true;
        }

        public void Dispose()
        {
            lock (time._turn)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
