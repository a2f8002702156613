using System.Collections;
using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Names of the registered vaults; the list is a file, and no vault is opened for it.</summary>
public sealed class VaultNameCompleter : McpCompleter
{
    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound) =>
        new SecretVault(new CurrentSession()).Names().Select(name => (name, (string?)null));

    // A completer has no cmdlet around it, but runs on the session's thread.
    private sealed class CurrentSession : IScripts
    {
        public IReadOnlyList<PSObject> Run(string script, params object?[] arguments)
        {
            using var powershell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            powershell.AddScript(script, useLocalScope: true);
            foreach (var argument in arguments)
                powershell.AddArgument(argument);
            return powershell.Invoke();
        }
    }
}
