namespace McpRuntime.Calls.Sending;

/// <summary>What the circuit breaker of an origin does with calls.</summary>
public enum BreakerState
{
    /// <summary>They are sent.</summary>
    Closed,

    /// <summary>They are refused: most of the last ones failed.</summary>
    Open,

    /// <summary>After the pause one is sent, to see whether the origin answers again.</summary>
    HalfOpen,
}

/// <summary>The words of <see cref="BreakerState"/> in metrics, health and the live view.</summary>
public static class BreakerStates
{
    public static string Word(this BreakerState state) =>
        state switch
        {
            BreakerState.Open => "open",
            BreakerState.HalfOpen => "half_open",
            _ => "closed",
        };
}
