namespace McpRuntime;

/// <summary>
/// A failure that Core explains to its caller. The message names the thing, the value and the fix, and never
/// holds a secret; a face turns it into an ErrorRecord, an exit code or a status code.
/// </summary>
public class McpRuntimeException : Exception
{
    public McpRuntimeException(string message)
        : base(message) { }

    public McpRuntimeException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>
    /// Names the kind of failure for programs, such as <c>VaultLocked</c>; null where it has no name of its own.
    /// </summary>
    public string? ErrorCode { get; init; }
}
