namespace McpRuntime.Cmdlets.Clients;

/// <summary>Where a client gets the token of a server at a URL, which is never in its file.</summary>
internal enum TokenSource
{
    /// <summary>Nowhere: the file has no field for a URL with a token.</summary>
    None,

    /// <summary>It asks the user once, by an input of the file.</summary>
    Input,

    /// <summary>From an environment variable that the file names.</summary>
    Variable,
}

/// <summary>What a client has published about its configuration file.</summary>
internal sealed record ClientProfile
{
    /// <summary>The top-level key that holds the servers by name.</summary>
    public string Section { get; private init; } = "mcpServers";

    /// <summary>The file is TOML; JSON with comments otherwise.</summary>
    public bool IsToml { get; private init; }

    /// <summary>The <c>type</c> of a program; null for a client that knows it by its command.</summary>
    public string? LocalType { get; private init; } = "stdio";

    /// <summary>The <c>type</c> of a server at a URL; null for a client that knows it by its URL.</summary>
    public string? RemoteType { get; private init; } = "http";

    /// <summary>The key of the URL.</summary>
    public string UrlKey { get; private init; } = "url";

    /// <summary>An entry has to list the tools that may be used; all, as the server decides that.</summary>
    public bool ListsTools { get; private init; }

    public TokenSource Token { get; private init; } = TokenSource.Variable;

    /// <summary>How the file refers to an environment variable.</summary>
    public Func<string, string> Reference { get; private init; } = name => $"${{{name}}}";

    /// <summary>
    /// How texts in the file begin that the client replaces: <c>${</c>, or <c>$</c> before any name; null for none.
    /// </summary>
    public string? Expands { get; private init; } = "${";

    /// <summary>The user's own file.</summary>
    public required string UserFile { get; init; }

    /// <summary>The file of a workspace, below its folder; null for a client that has none.</summary>
    public string? WorkspaceFile { get; private init; }

    private static string Home =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    // %APPDATA%, ~/Library/Application Support, $XDG_CONFIG_HOME or ~/.config.
    private static string Data =>
        Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData,
            Environment.SpecialFolderOption.DoNotVerify
        );

    public static ClientProfile Of(McpClient client) =>
        client switch
        {
            McpClient.VSCode => Code("Code"),
            McpClient.VSCodeInsiders => Code("Code - Insiders"),
            McpClient.ClaudeDesktop => ClaudeDesktop(),
            McpClient.ClaudeCode => ClaudeCode(),
            McpClient.Cursor => Cursor(),
            McpClient.VisualStudio => VisualStudio(),
            McpClient.CopilotCli => CopilotCli(),
            McpClient.Codex => Codex(),
            McpClient.GeminiCli => GeminiCli(),
            _ => throw new ArgumentOutOfRangeException(nameof(client), client, null),
        };

    // code.visualstudio.com, "MCP configuration reference".
    private static ClientProfile Code(string product) =>
        new()
        {
            Section = "servers",
            Token = TokenSource.Input,
            UserFile = Path.Combine(Data, product, "User", "mcp.json"),
            WorkspaceFile = Path.Combine(".vscode", "mcp.json"),
        };

    // learn.microsoft.com, "Use MCP servers in Visual Studio".
    private static ClientProfile VisualStudio() =>
        new()
        {
            Section = "servers",
            Token = TokenSource.Input,
            UserFile = Path.Combine(Home, ".mcp.json"),
            WorkspaceFile = ".mcp.json",
        };

    // modelcontextprotocol.io, "Connect to local MCP servers".
    private static ClientProfile ClaudeDesktop() =>
        new()
        {
            LocalType = null,
            Token = TokenSource.None,
            Expands = null,
            UserFile = Path.Combine(Data, "Claude", "claude_desktop_config.json"),
        };

    // code.claude.com, "Connect Claude Code to tools via MCP": scopes and environment variables in .mcp.json.
    private static ClientProfile ClaudeCode() =>
        new()
        {
            UserFile = Path.Combine(Variable("CLAUDE_CONFIG_DIR") ?? Home, ".claude.json"),
            WorkspaceFile = ".mcp.json",
        };

    // cursor.com, "Model Context Protocol": configuration locations and interpolation.
    private static ClientProfile Cursor() =>
        new()
        {
            RemoteType = null,
            Reference = name => $"${{env:{name}}}",
            UserFile = Path.Combine(Home, ".cursor", "mcp.json"),
            WorkspaceFile = Path.Combine(".cursor", "mcp.json"),
        };

    // docs.github.com, "Adding MCP servers for GitHub Copilot CLI".
    private static ClientProfile CopilotCli() =>
        new()
        {
            LocalType = "local",
            ListsTools = true,
            Expands = "$",
            UserFile = Path.Combine(Variable("COPILOT_HOME") ?? Path.Combine(Home, ".copilot"), "mcp-config.json"),
            WorkspaceFile = Path.Combine(".github", "mcp.json"),
        };

    // developers.openai.com, "Model Context Protocol" of Codex.
    private static ClientProfile Codex() =>
        new()
        {
            Section = "mcp_servers",
            IsToml = true,
            LocalType = null,
            RemoteType = null,
            Reference = name => name,
            Expands = null,
            UserFile = Path.Combine(Variable("CODEX_HOME") ?? Path.Combine(Home, ".codex"), "config.toml"),
            WorkspaceFile = Path.Combine(".codex", "config.toml"),
        };

    // github.com/google-gemini/gemini-cli, docs/tools/mcp-server.md and docs/cli/configuration.md.
    private static ClientProfile GeminiCli() =>
        new()
        {
            LocalType = null,
            RemoteType = null,
            UrlKey = "httpUrl",
            Expands = "$",
            UserFile = Path.Combine(Home, ".gemini", "settings.json"),
            WorkspaceFile = Path.Combine(".gemini", "settings.json"),
        };

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
