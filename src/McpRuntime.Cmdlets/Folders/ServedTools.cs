using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Server;

namespace McpRuntime.Cmdlets.Folders;

/// <summary>What a server with the settings of this session has besides the tools of its connectors.</summary>
internal static class ServedTools
{
    public static IReadOnlyList<BuiltInTool> BuiltIns(RuntimeSettings settings) =>
        settings.BuiltInTools ? BuiltInTools.Create(TimeProvider.System, ToolFilter.None) : [];
}
