using McpRuntime.Calls.Recording;

namespace McpRuntime.Calls;

/// <summary>What a caller asks of one call, besides its arguments.</summary>
public sealed record CallOptions
{
    public static CallOptions None { get; } = new();

    /// <summary>
    /// Longest body in bytes, after decompression; a longer one ends in an <see cref="Sending.AnswerException"/>. Null
    /// for any.
    /// </summary>
    public long? MaximumBytes { get; init; }

    /// <summary>The time of the whole call; null for that of the tool, the connector or the settings.</summary>
    public CallTimeout? Timeout { get; init; }

    /// <summary>Is told what the call does; null for no one.</summary>
    public ICallObserver? Observer { get; init; }
}

/// <summary>
/// The time of a whole call: attempts, the waits between them, and the waits for the pieces of its answer. What the
/// reader of the answer takes between two pieces does not count.
/// </summary>
/// <param name="Time">More than zero.</param>
/// <param name="Source">The setting or parameter that gives it, for messages.</param>
public sealed record CallTimeout(TimeSpan Time, string Source);
