using McpRuntime.Commands.Naming;
using McpRuntime.OpenApi;

namespace McpRuntime.Import;

/// <summary>Names the PowerShell commands of an import, where the connector has a prefix for them.</summary>
internal static class CommandStage
{
    /// <summary>The import with a command for each tool; those that its manifest has stay.</summary>
    internal static ImportResult Named(ImportResult result)
    {
        if (result.Manifest is not { CommandPrefix: not null } manifest)
            return result;
        var named = CommandNaming.Name([
            .. manifest.Tools.Zip(result.Tools, static (tool, imported) =>
                new NamingSubject(tool, imported.OperationId, imported.Command)
            ),
        ]);
        return result with
        {
            Manifest = manifest with
            {
                Tools = [.. manifest.Tools.Zip(named.Commands, static (tool, name) => tool with { Command = name })],
            },
            Findings = [.. result.Findings, .. named.Findings],
        };
    }
}
