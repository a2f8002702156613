namespace McpRuntime;

/// <summary>
/// A call that cannot be made or did not succeed, in words for the caller; it becomes an <c>isError</c> answer.
/// </summary>
internal sealed class CallException : McpRuntimeException
{
    public CallException(string message, Exception? innerException = null)
        : base(message, innerException) { }

    /// <summary>When the call may succeed; null where waiting is no help.</summary>
    public int? RetryAfterSeconds { get; init; }
}
