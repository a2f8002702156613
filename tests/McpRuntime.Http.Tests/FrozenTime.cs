namespace McpRuntime.Http.Tests;

/// <summary>A clock that shows the moment it was made until it is moved; its timers run as ever.</summary>
internal sealed class FrozenTime : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public void Advance(TimeSpan by) => _now += by;
}
