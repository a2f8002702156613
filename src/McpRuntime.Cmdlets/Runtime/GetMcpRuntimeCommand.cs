using System.Management.Automation;

namespace McpRuntime.Cmdlets.Runtime;

/// <summary>Get-McpRuntime: gets the servers that this session has started.</summary>
/// <remarks>They are background jobs, so Get-Job shows them too.</remarks>
/// <example>
/// <code>
/// Get-McpRuntime | Where-Object State -EQ Failed | Receive-Job
/// </code>
/// Shows the log of servers that ended with an error.
/// </example>
[Cmdlet(VerbsCommon.Get, "McpRuntime", DefaultParameterSetName = NameSet)]
[OutputType(typeof(McpRuntimeJob))]
public sealed class GetMcpRuntimeCommand : McpRuntimeCommand
{
    protected override void ProcessRecord() => WriteObject(Chosen(), enumerateCollection: true);
}
