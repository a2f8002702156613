using McpRuntime.Cmdlets.Completion;

namespace McpRuntime.Cmdlets.Servers;

/// <summary>The open sessions of Connect-McpServer: <c>$files</c>, or <c>(Get-McpServer NAME)</c>.</summary>
public sealed class ServerCompleter : SessionObjectCompleter
{
    internal static SessionSource Servers { get; } = new("Get-McpServer", typeof(GetMcpServerCommand));

    private protected override SessionSource Source => Servers;

    private protected override bool IsUsable(object item) => item is McpServer { State: McpServerState.Connected };

    private protected override string NameOf(object item) => ((McpServer)item).Name;

    private protected override int IdOf(object item) => ((McpServer)item).Id;

    private protected override string Describe(object item) =>
        item is McpServer server ? $"{server.Uri?.ToString() ?? server.Command}" : "";
}
