using System.Collections;
using System.Management.Automation;
using McpRuntime.Cmdlets.Servers;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>Names of the open sessions of Connect-McpServer.</summary>
public sealed class ServerNameCompleter : McpCompleter
{
    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound)
    {
        using var powershell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        powershell.AddCommand("Get-McpServer");
        return [.. powershell.Invoke().Select(item => item.BaseObject).OfType<McpServer>()
            .Select(server => (server.Name, (string?)$"{server.Uri?.ToString() ?? server.Command}, {server.State}"))];
    }
}
