using McpRuntime.Json.Selecting;

namespace McpRuntime.Calls.Options;

/// <summary>What a caller asks of one answer, besides the arguments of the tool.</summary>
internal sealed record AnswerOptions
{
    public static AnswerOptions None { get; } = new();

    /// <summary>The parts of the answer that the caller wants; null for all.</summary>
    public Selection? Select { get; init; }

    /// <summary>Pages are read until there are that many items; null for the one page that was asked for.</summary>
    public int? MaxItems { get; init; }

    /// <summary>
    /// The end of an operation that the API only accepts is waited for, at most so long; null for no wait.
    /// </summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Bytes of a body that are read; null for the bound of the tool.</summary>
    public long? MaximumBytes { get; init; }
}
