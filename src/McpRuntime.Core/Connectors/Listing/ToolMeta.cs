namespace McpRuntime.Connectors.Listing;

/// <summary>
/// Members of <c>_meta</c> of a tool in <c>tools/list</c> (MCP 2025-06-18, General fields: a prefix and a name): what a
/// program shows next to the tool. Absent for built-in tools. They say what the manifest says, and authorize nothing.
/// </summary>
public static class ToolMeta
{
    /// <summary>
    /// An array of strings: the connector's name, the method and path of the API, such as <c>GET /pets/{id}</c>, and
    /// the operation's tags. One member, because every tool of a list has it.
    /// </summary>
    public const string Key = "mcp-runtime/tool";
}
