using System.Globalization;
using System.Management.Automation.Host;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// A host without a user interface: PowerShell drops what is written to it and refuses what would ask.
/// </summary>
internal sealed class SilentHost : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "McpRuntime";

    public override PSHostUserInterface UI => null!;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() =>
        throw new HostException("The session is not interactive, so no prompt can be answered.");

    public override void ExitNestedPrompt() { }

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }

    public override void SetShouldExit(int exitCode) { }
}
