using McpRuntime.Cmdlets.Runtime;
using McpRuntime.Cmdlets.Servers;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Where a tool is called: with one of two kinds of server, else in this session.</summary>
/// <param name="Server">A session of Connect-McpServer.</param>
/// <param name="Runtime">A job of Start-McpRuntime.</param>
/// <param name="ConnectorsFolder">Full path of the connectors folder; null for that of the settings.</param>
internal sealed record ToolLocation(McpServer? Server, McpRuntimeJob? Runtime, string? ConnectorsFolder);
