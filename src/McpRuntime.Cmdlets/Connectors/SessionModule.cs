using System.Management.Automation.Runspaces;
using McpRuntime.Cmdlets.Commands.Modules;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>The module of a connector as this session has loaded it.</summary>
internal static class SessionModule
{
    private const string ReloadScript = """
        param($Name, $Folder, $Manifest)
        $loaded = Microsoft.PowerShell.Core\Get-Module -Name $Name
        if ($loaded | Microsoft.PowerShell.Core\Where-Object ModuleBase -EQ $Folder) {
            Microsoft.PowerShell.Core\Import-Module -Name $Manifest -Force -Global
        }
        """;

    private const string RemoveScript = """
        param($Name, $Folder)
        Microsoft.PowerShell.Core\Get-Module -Name $Name |
            Microsoft.PowerShell.Core\Where-Object ModuleBase -EQ $Folder |
            Microsoft.PowerShell.Core\Remove-Module -Force
        """;

    /// <summary>Loads the new commands where the session has those before.</summary>
    public static void Reload(McpCmdlet cmdlet, ModuleFolder folder) => Run(cmdlet, ReloadScript, folder);

    public static void Remove(McpCmdlet cmdlet, ModuleFolder folder) => Run(cmdlet, RemoveScript, folder);

    private static void Run(McpCmdlet cmdlet, string script, ModuleFolder folder) =>
        cmdlet.InvokeCommand.InvokeScript(
            script,
            useNewScope: true,
            PipelineResultTypes.None,
            input: null,
            Path.GetFileName(folder.Path),
            folder.Path,
            folder.Manifest
        );
}
