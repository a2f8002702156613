namespace McpRuntime.Calls.Recording;

/// <summary>A wait within a call.</summary>
/// <param name="Reason">What is waited for.</param>
/// <param name="Duration">How long; null where others decide.</param>
public sealed record CallWait(CallWaitReason Reason, TimeSpan? Duration);

/// <summary>What a call waits for.</summary>
public enum CallWaitReason
{
    /// <summary>The next attempt.</summary>
    Retry,

    /// <summary>A turn within <c>limits.requests_per_minute</c>.</summary>
    RequestsPerMinute,

    /// <summary>The end of an operation that the API has accepted.</summary>
    Operation,

    /// <summary>The end of another call, because of <c>limits.max_concurrency</c>.</summary>
    Concurrency,
}
