using System.Management.Automation;

namespace McpRuntime.Cmdlets.Servers;

/// <summary>Get-McpServer: gets the sessions with MCP servers that Connect-McpServer has opened.</summary>
/// <remarks>A session that its server has ended is listed with the state Ended until Disconnect-McpServer.</remarks>
/// <example>
/// <code>
/// Get-McpServer
/// </code>
/// Lists the sessions of this PowerShell session.
/// </example>
/// <example>
/// <code>
/// Get-McpTool -Server (Get-McpServer files)
/// </code>
/// Lists the tools of a session by its name.
/// </example>
[Cmdlet(VerbsCommon.Get, "McpServer", DefaultParameterSetName = NameSet)]
[OutputType(typeof(McpServer))]
public sealed class GetMcpServerCommand : McpServerCommand
{
    protected override void ProcessRecord() => WriteObject(Chosen(), enumerateCollection: true);
}
