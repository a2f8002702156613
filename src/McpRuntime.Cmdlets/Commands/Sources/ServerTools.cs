using System.Management.Automation;
using McpRuntime.Cmdlets.Servers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Tools;

namespace McpRuntime.Cmdlets.Commands.Sources;

/// <summary>
/// The tools of a session with an MCP server, for a command that is not told by -Server where they are.
/// </summary>
internal static class ServerTools
{
    /// <summary>The tools; the command ends where the server cannot be reached.</summary>
    public static RemoteTools Of(McpCmdlet command, McpServer server)
    {
        try
        {
            return new RemoteTools(
                command,
                new ToolLocation(server, null, null),
                server.Client,
                exception => Unreachable(command, server, exception),
                () => { }
            );
        }
        catch (McpRuntimeException exception)
        {
            throw Unreachable(command, server, exception);
        }
    }

    private static Exception Unreachable(McpCmdlet command, McpServer server, Exception exception) =>
        command.Terminate(server.Explain(exception), ErrorId.ServerNotReachable, ErrorCategory.ConnectionError, server);
}
