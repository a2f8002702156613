namespace McpRuntime.Calls;

/// <summary>A call that cannot be made or did not succeed, in words for the caller; it becomes an <c>isError</c> answer.</summary>
internal sealed class CallException : McpRuntimeException
{
    public CallException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
