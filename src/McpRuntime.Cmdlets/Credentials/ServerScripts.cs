using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// A runspace of its own whose host shows nothing and cannot ask: what a vault writes to the host is dropped, and a
/// prompt is an error. Used by one thread at a time.
/// </summary>
internal sealed class ServerScripts : IScripts, IDisposable
{
    // Opened by the first use: most servers never ask a vault, and loading its modules takes time.
    private readonly Lazy<Runspace> _runspace = new(Open);

    public IReadOnlyList<PSObject> Run(string script, params object?[] arguments)
    {
        using var powershell = PowerShell.Create();
        powershell.Runspace = _runspace.Value;
        powershell.AddScript(script, useLocalScope: true);
        foreach (var argument in arguments)
            powershell.AddArgument(argument);
        var results = powershell.Invoke();
        // Scripts here set ErrorAction Stop; a vault that writes an error all the same has not failed.
        return results;
    }

    public void Dispose()
    {
        if (_runspace.IsValueCreated)
            _runspace.Value.Dispose();
    }

    private static Runspace Open()
    {
        var runspace = RunspaceFactory.CreateRunspace(new SilentHost(), InitialSessionState.CreateDefault2());
        runspace.Open();
        return runspace;
    }

    // A host without a user interface: PowerShell drops what is written to it and refuses what would ask.
    private sealed class SilentHost : PSHost
    {
        public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

        public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

        public override Guid InstanceId { get; } = Guid.NewGuid();

        public override string Name => "McpRuntime";

        public override PSHostUserInterface UI => null!;

        public override Version Version { get; } = new(1, 0);

        public override void EnterNestedPrompt() => throw new HostException("Nobody is there to answer a prompt.");

        public override void ExitNestedPrompt()
        {
        }

        public override void NotifyBeginApplication()
        {
        }

        public override void NotifyEndApplication()
        {
        }

        public override void SetShouldExit(int exitCode)
        {
        }
    }
}
