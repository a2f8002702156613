namespace McpRuntime.Calls.Sending;

/// <summary>How an answer came from the cache.</summary>
/// <param name="AgeSeconds">Time since the API made or confirmed it (RFC 9111 section 4.2.3).</param>
/// <param name="IsRevalidated">The API was asked, and answered that it has not changed.</param>
internal sealed record ReusedAnswer(long AgeSeconds, bool IsRevalidated);
