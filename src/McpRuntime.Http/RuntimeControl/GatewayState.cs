namespace McpRuntime.Http.RuntimeControl;

/// <summary>What the gateway as a whole is doing.</summary>
internal sealed class GatewayState(TimeProvider time)
{
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>New calls and sessions are refused; those that run go on.</summary>
    public bool IsDraining { get; set; }
}
