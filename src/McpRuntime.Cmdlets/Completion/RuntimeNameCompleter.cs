using System.Collections;
using System.Management.Automation;
using McpRuntime.Cmdlets.Runtime;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>Names of the servers of this session.</summary>
public sealed class RuntimeNameCompleter : McpCompleter
{
    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound)
    {
        using var powershell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        powershell.AddCommand(@"Microsoft.PowerShell.Core\Get-Job");
        return [.. powershell.Invoke().Select(job => job.BaseObject).OfType<McpRuntimeJob>()
            .Select(job => (job.Name, (string?)$"{job.Transport}, {job.JobStateInfo.State}"))];
    }
}
