using System.Text.Json;
using McpRuntime.Cmdlets.Engine;

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

    /// <summary>The file's text with an entry that starts a program.</summary>
    public byte[] AddLocal(byte[] text, string name, McpClient client, LaunchCommand launch)
    {
        var after = JsoncEditor.Set(text, Section, name, writer => ServerEntry.Write(writer, client, launch));
        return WithoutToken(after, name);
    }

    /// <summary>The file's text with an entry for a URL, and the question for its token.</summary>
    public byte[] AddRemote(byte[] text, string name, Uri uri)
    {
        var token = TokenInput.Of(name);
        var asking = JsoncEditor.Set(text, TokenInput.Section, token.Id, writer => token.Write(writer, uri), isList: true);
        return JsoncEditor.Set(asking, Section, name, writer => ServerEntry.Write(writer, uri, token));
    }

    /// <summary>The file's text without an entry; null where there is none.</summary>
    public byte[]? Remove(byte[] text, string name) =>
        JsoncEditor.Remove(text, Section, name) is { } after ? WithoutToken(after, name) : null;

    private static byte[] WithoutToken(byte[] text, string name)
    {
        try
        {
            return JsoncEditor.Remove(text, TokenInput.Section, TokenInput.Of(name).Id, isList: true) ?? text;
        }
        catch (JsonException)
        {
            // Something else has this name in the file of another client.
            return text;
        }
    }
}
