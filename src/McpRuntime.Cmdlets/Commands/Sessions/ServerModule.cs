using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Loader;
using McpRuntime.Cmdlets.Commands.Emission;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Commands.Sessions;

/// <summary>A module of a session, whose commands are in an assembly in memory.</summary>
internal static class ServerModule
{
    private const string ImportScript = """
        param($Name, $Assembly)
        Microsoft.PowerShell.Core\New-Module -Name $Name -ArgumentList $Assembly -ScriptBlock {
            param($Assembly)
            Microsoft.PowerShell.Core\Import-Module -Assembly $Assembly
            Microsoft.PowerShell.Core\Export-ModuleMember -Cmdlet *
        } | Microsoft.PowerShell.Core\Import-Module -Global -PassThru
        """;

    private const string RemoveScript = """
        param($Name)
        foreach ($module in Microsoft.PowerShell.Core\Get-Module -Name $Name) {
            if ($module.ModuleType -eq 'Script') { Microsoft.PowerShell.Core\Remove-Module -ModuleInfo $module }
        }
        """;

    private static int _imports;

    /// <param name="cmdlet">Of the session.</param>
    /// <param name="name">The module's name.</param>
    /// <param name="commands">Its commands.</param>
    /// <param name="source">Where their tools are.</param>
    /// <returns>The module.</returns>
    public static PSModuleInfo Import(
        McpCmdlet cmdlet,
        string name,
        IReadOnlyList<CommandModel> commands,
        CommandSource source
    )
    {
        // A name for each import: PowerShell exports nothing of an assembly that it has seen before.
        var (_, content) = CommandAssembly.Emit(
            $"{name}.Import{Interlocked.Increment(ref _imports)}",
            commands,
            source
        );
        var assembly = AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(content, writable: false));
        var result = Run(cmdlet, ImportScript, name, assembly);
        return (PSModuleInfo)result[0].BaseObject;
    }

    /// <summary>
    /// Removes what an earlier import made; not the module of a connector, which may have the same name.
    /// </summary>
    public static void Remove(McpCmdlet cmdlet, string name) => Run(cmdlet, RemoveScript, name);

    private static Collection<PSObject> Run(McpCmdlet cmdlet, string script, params object[] arguments) =>
        cmdlet.InvokeCommand.InvokeScript(script, useNewScope: true, PipelineResultTypes.None, input: null, arguments);
}
