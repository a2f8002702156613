using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>For the thread of a pipeline: it waits for the vault, at most until the pipeline is stopped.</summary>
internal sealed class CmdletScripts(McpCmdlet cmdlet) : IScripts
{
    private readonly RunspaceScripts _beside = RunspaceScripts.Beside(cmdlet);

    public IReadOnlyList<PSObject> Run(string script, params object?[] arguments) =>
        cmdlet.Await(_ => Task.Run(() => _beside.Run(script, arguments), CancellationToken.None));
}
