namespace McpRuntime.Cmdlets.Clients;

/// <summary>An MCP client whose configuration file is known.</summary>
public enum McpClient
{
    VSCode,
    VSCodeInsiders,
    ClaudeDesktop,
    ClaudeCode,
    Cursor,
    VisualStudio,
    CopilotCli,
    Codex,
    GeminiCli,
}

/// <summary>Whose configuration of a client.</summary>
public enum McpClientScope
{
    /// <summary>Of the user, for every folder.</summary>
    User,

    /// <summary>Of one workspace, such as <c>.vscode/mcp.json</c>.</summary>
    Workspace,
}

/// <summary>A server entry in a client's configuration, as <c>Register-McpClient</c> left it.</summary>
/// <param name="Name">The entry's name.</param>
/// <param name="Client">The client.</param>
/// <param name="Path">The configuration file.</param>
/// <param name="Command">The program that the client starts, by its full path or by a name on the PATH; null for a
/// server at a URL.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="BackupPath">The configuration as it was before; null where nothing was there or nothing
/// changed.</param>
public sealed record McpClientRegistration(
    string Name,
    McpClient Client,
    string Path,
    string? Command,
    string[] Arguments,
    string? BackupPath
)
{
    /// <summary>The server's URL; null for a program.</summary>
    public Uri? Uri { get; init; }

    /// <summary>
    /// The environment variable from which the client takes the server's token; null where it takes none from one.
    /// </summary>
    public string? TokenVariable { get; init; }
}
