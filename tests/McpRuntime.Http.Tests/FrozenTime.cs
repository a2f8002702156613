using Microsoft.Extensions.Time.Testing;

namespace McpRuntime.Http.Tests;

/// <summary>
/// A clock that stands until it is moved, while timers run by the machine's: the gateway asks its database in the
/// background, whatever the time is.
/// </summary>
internal sealed class FrozenTime() : FakeTimeProvider(DateTimeOffset.UtcNow)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);
}
