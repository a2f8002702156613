namespace McpRuntime.Server;

/// <summary>Members of <c>_meta</c> in results of <c>tools/call</c> (MCP, General fields: a prefix and a name).</summary>
public static class AnswerMeta
{
    /// <summary>
    /// An object of name and value: <see cref="Calls.ToolAnswer.Headers"/>, for programs. A model reads the same in the
    /// last text block.
    /// </summary>
    public const string Headers = "mcp-runtime/response-headers";
}
