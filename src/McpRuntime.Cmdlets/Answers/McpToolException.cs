namespace McpRuntime.Cmdlets.Answers;

/// <summary>A tool answered with an error.</summary>
public sealed class McpToolException : McpRuntimeException
{
    internal McpToolException(
        string tool,
        string message,
        int? status,
        object? response,
        Exception? innerException = null
    )
        : base(message, innerException)
    {
        Tool = tool;
        Status = status;
        Response = response;
    }

    /// <summary>The tool's name.</summary>
    public string Tool { get; }

    /// <summary>The API's HTTP status; null where it did not answer.</summary>
    public int? Status { get; }

    /// <summary>
    /// What the API said about the error, such as its problem+json fields; null where that is only text.
    /// </summary>
    public object? Response { get; }

    /// <summary>
    /// What the API said about the error, as text: title, detail and field errors, or its message; null for nothing.
    /// </summary>
    public string? Detail { get; internal init; }

    /// <summary>
    /// Identifies the call in logs, and to the API as X-Request-Id; null for a call of an MCP server.
    /// </summary>
    public string? CallId { get; internal init; }
}
