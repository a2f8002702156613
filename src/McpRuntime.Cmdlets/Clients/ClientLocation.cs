namespace McpRuntime.Cmdlets.Clients;

/// <summary>Where a client keeps its list of servers.</summary>
/// <param name="Path">The file.</param>
/// <param name="Section">The top-level key that holds the servers by name.</param>
internal sealed record ClientLocation(string Path, string Section)
{
    /// <summary>The section's name in every client's file: VS Code says <c>servers</c>, others <c>mcpServers</c>.</summary>
    public static string SectionOf(McpClient client) => client is McpClient.ClaudeDesktop ? "mcpServers" : "servers";

    /// <summary>The user's own file.</summary>
    /// <remarks>
    /// VS Code: <c>Code/User/mcp.json</c> in the folder for application data (code.visualstudio.com, "MCP
    /// configuration reference"). Claude Desktop: <c>Claude/claude_desktop_config.json</c> (modelcontextprotocol.io,
    /// "Connect to local MCP servers").
    /// </remarks>
    public static ClientLocation ForUser(McpClient client)
    {
        // %APPDATA%, ~/Library/Application Support, $XDG_CONFIG_HOME or ~/.config: what both clients use.
        var data = Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        string[] parts = client switch
        {
            McpClient.VSCode => ["Code", "User", "mcp.json"],
            McpClient.VSCodeInsiders => ["Code - Insiders", "User", "mcp.json"],
            _ => ["Claude", "claude_desktop_config.json"],
        };
        return new ClientLocation(System.IO.Path.Combine([data, .. parts]), SectionOf(client));
    }

    /// <summary>The file of a workspace; null for a client that has none.</summary>
    public static ClientLocation? ForWorkspace(McpClient client, string folder) => client is McpClient.ClaudeDesktop
        ? null
        : new ClientLocation(System.IO.Path.Combine(folder, ".vscode", "mcp.json"), SectionOf(client));
}
