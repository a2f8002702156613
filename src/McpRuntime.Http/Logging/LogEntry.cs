namespace McpRuntime.Http.Logging;

/// <summary>One line of the log, cleaned of what could mislead a terminal or a page.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Level">Its weight.</param>
/// <param name="Category">Who wrote it.</param>
/// <param name="Message">One line.</param>
/// <param name="CorrelationId">Of the request that caused it; null outside of requests.</param>
internal sealed record LogEntry(
    DateTimeOffset Time,
    LogLevel Level,
    string Category,
    string Message,
    string? CorrelationId
);
