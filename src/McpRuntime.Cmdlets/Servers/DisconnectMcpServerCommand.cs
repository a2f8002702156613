using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Servers;

/// <summary>
/// Disconnect-McpServer: ends sessions of Connect-McpServer, and the programs that were started for them.
/// </summary>
/// <remarks>
/// A program is asked to end by closing its standard input, and is killed with its child processes after two seconds.
/// </remarks>
/// <example>
/// <code>
/// Get-McpServer | Disconnect-McpServer
/// </code>
/// Ends all sessions.
/// </example>
[Cmdlet(VerbsCommunications.Disconnect, "McpServer", SupportsShouldProcess = true, DefaultParameterSetName = ServerSet)]
[OutputType(typeof(void))]
public sealed class DisconnectMcpServerCommand : McpServerCommand
{
    private const string ServerSet = "Server";

    /// <summary>The sessions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ServerSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public McpServer[] Server { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var server in ParameterSetName == ServerSet ? Server : Chosen())
        {
            if (!Confirm($"{server.Name} ({server.Uri?.ToString() ?? server.Command})", "End session with MCP server"))
                continue;
            Await(_ =>
            {
                ((ISessionItem)server).Close();
                return Task.CompletedTask;
            });
            ModuleSession.Of(this).Remove(server);
        }
    }
}
