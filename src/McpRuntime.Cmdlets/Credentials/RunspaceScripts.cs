using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// its own runspace for what is asked of vaults, on any thread. SecretManagement asks a vault to the end, no matter who
/// wants to stop it; here no one has to wait for that end on the thread of a pipeline.
/// </summary>
/// <param name="host">What a vault writes, and where it may ask.</param>
internal sealed class RunspaceScripts(PSHost host) : IScripts, IDisposable
{
    // An error that a command throws ends a script only where the script says so; -ErrorAction of the command does not.
    // It is said in its own scope, which no vault inherits: one that writes an error all the same has not failed.
    private const string Strictly =
        "param($Script, $Arguments) $ErrorActionPreference = 'Stop'; & ([scriptblock]::Create($Script)) @Arguments";

    // SecretManagement is not safe for threads (PowerShell/SecretManagement issue 188): one call a process at a time.
    private static readonly Lock Turn = new();

    // As long as the session is there: loading the modules of a vault takes time.
    private static readonly ConditionalWeakTable<Runspace, RunspaceScripts> Sessions = [];

    // Opened by the first use: most servers never ask a vault.
    private readonly Lazy<Runspace> _runspace = new(() => Open(host));

    /// <summary>Next to the session of a cmdlet, with its host: a user may be prompted.</summary>
    public static RunspaceScripts Beside(PSCmdlet cmdlet) =>
        Sessions.GetValue(Runspace.DefaultRunspace, _ => new RunspaceScripts(cmdlet.Host));

    public IReadOnlyList<PSObject> Run(string script, params object?[] arguments)
    {
        lock (Turn)
        {
            using var powershell = PowerShell.Create();
            powershell.Runspace = _runspace.Value;
            powershell.AddScript(Strictly, useLocalScope: true).AddArgument(script).AddArgument(arguments);
            return powershell.Invoke();
        }
    }

    public void Dispose()
    {
        // Not waited for: a vault that is being asked would keep a server from its end.
        if (_runspace.IsValueCreated)
            _runspace.Value.CloseAsync();
    }

    private static Runspace Open(PSHost host)
    {
        var runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
        runspace.Open();
        return runspace;
    }
}
