namespace McpRuntime.Connectors.Listing;

/// <summary>
/// Members of <c>_meta</c> of a tool in <c>tools/list</c> (MCP 2025-06-18, General fields: a prefix and a name): what a
/// program shows next to the tool. Absent for built-in tools. They say what the manifest says, and authorize nothing.
/// </summary>
public static class ToolMeta
{
    /// <summary>Name of the connector.</summary>
    public const string Connector = "mcp-runtime/connector";

    /// <summary>Method and path of the API, such as <c>GET /pets/{id}</c>.</summary>
    public const string Endpoint = "mcp-runtime/endpoint";

    /// <summary>An array of the operation's tags; absent where it has none.</summary>
    public const string Tags = "mcp-runtime/tags";
}
