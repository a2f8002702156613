namespace McpRuntime.Server;

/// <summary>
/// Members of <c>_meta</c> in results of <c>tools/call</c> (MCP, General fields: a prefix and a name).
/// </summary>
public static class AnswerMeta
{
    /// <summary>
    /// An object of name and value: <see cref="Calls.Answers.ToolAnswer.Headers"/>, for programs. A model reads the
    /// same in the last text block.
    /// </summary>
    public const string Headers = "mcp-runtime/response-headers";

    /// <summary>
    /// <see cref="NoBody"/> or <see cref="Truncated"/>, where the text of the result is not, or not all of, what the
    /// API sent: programs must not take the words for models for data.
    /// </summary>
    public const string Body = "mcp-runtime/body";

    /// <summary>
    /// An object: <c>age</c> in seconds and whether the API was asked (<c>revalidated</c>), where an answer was used
    /// again that was kept for the caller.
    /// </summary>
    public const string Cache = "mcp-runtime/cache";

    /// <summary>
    /// Names why a call was refused, such as <c>VaultLocked</c>: <see cref="Calls.Answers.ToolAnswer.ErrorCode"/>, for
    /// programs.
    /// </summary>
    public const string Error = "mcp-runtime/error";

    /// <summary>
    /// Of a request: <c>true</c> where a program calls, which wants the answer as the API sent it, without a budget.
    /// </summary>
    public const string Whole = "mcp-runtime/whole";

    /// <summary>The API sent no body.</summary>
    public const string NoBody = "none";

    /// <summary>
    /// The body was longer than <c>limits.max_response_bytes</c> or the budget for one answer, and is shortened.
    /// </summary>
    public const string Truncated = "truncated";
}
