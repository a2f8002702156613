using System.Threading.Channels;
using McpRuntime.Testing;
using Microsoft.Extensions.Time.Testing;

namespace McpRuntime.Tests.Calls;

/// <summary>A clock that stands until a test moves it, and that tells which waits begin.</summary>
internal sealed class ManualTime() : FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50))
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>The next timer that is set, the call's own time included.</summary>
    public async Task<TimeSpan> NextWaitAsync() =>
        await _waits
            .Reader.ReadAsync(CallBench.CancellationToken)
            .AsTask()
            .WaitAsync(ProcessRunner.HangGuard, CallBench.CancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ToldTimer(base.CreateTimer(callback, state, dueTime, period), _waits.Writer);
        timer.Tell(dueTime);
        return timer;
    }

    private sealed class ToldTimer(ITimer inner, ChannelWriter<TimeSpan> waits) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isChanged = inner.Change(dueTime, period);
            Tell(dueTime);
            return isChanged;
        }

        public void Tell(TimeSpan dueTime)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
                waits.TryWrite(dueTime);
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
