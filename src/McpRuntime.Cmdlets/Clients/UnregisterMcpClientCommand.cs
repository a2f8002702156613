using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>Unregister-McpClient: takes a server entry out of the configuration of an MCP client.</summary>
/// <remarks>Everything else in the file keeps its bytes, and the file as it was before stays beside it as *.bak.</remarks>
/// <example>
/// <code>
/// Register-McpClient -Name petstore
/// Unregister-McpClient -Name petstore
/// </code>
/// Takes the server 'petstore' out of the user's mcp.json of VS Code again.
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "McpClient", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(void))]
public sealed class UnregisterMcpClientCommand : McpClientCommand
{
    /// <summary>Remove an entry of this name that starts something else.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (Locate() is { } location)
            WithFile(location, before => Unregister(location, before));
    }

    private void Unregister(ClientLocation location, byte[] before)
    {
        if (location.Entries.IsOurs(before, Name) is not { } isOurs)
        {
            Report(
                $"'{location.Path}' has no server entry '{Name}'.", ErrorId.ClientEntryNotFound, ErrorCategory.ObjectNotFound, Name);
            return;
        }
        if (!Force && !isOurs)
        {
            Report(
                $"The entry '{Name}' in '{location.Path}' starts something else; remove it with -Force.",
                ErrorId.ClientEntryForeign,
                ErrorCategory.PermissionDenied,
                Name);
            return;
        }
        if (Confirm(location.Path, $"Remove server entry '{Name}'"))
            ClientFile.Replace(location.Path, before, location.Entries.Remove(before, Name));
    }
}
