using System.Management.Automation;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>The session of a cmdlet: prompts reach the person, and a vault that the session unlocked is open.</summary>
internal sealed class CmdletScripts(PSCmdlet cmdlet) : IScripts
{
    public IReadOnlyList<PSObject> Run(string script, params object?[] arguments) =>
        cmdlet.InvokeCommand.InvokeScript(useLocalScope: true, ScriptBlock.Create(script), input: null, arguments);
}
