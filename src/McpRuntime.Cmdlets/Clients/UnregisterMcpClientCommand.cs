using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>Unregister-McpClient: removes a server entry from the configuration of an MCP client.</summary>
/// <remarks>The rest of the file is kept byte for byte, and its previous version is kept as *.bak.</remarks>
/// <example>
/// <code>
/// Register-McpClient -Name petstore
/// Unregister-McpClient -Name petstore
/// </code>
/// Removes the server 'petstore' from the user's mcp.json of VS Code.
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "McpClient", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(void))]
public sealed class UnregisterMcpClientCommand : McpClientCommand
{
    /// <summary>Removes an entry with this name that starts something else.</summary>
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
                $"'{location.Path}' has no server entry '{Name}'.",
                ErrorId.ClientEntryNotFound,
                ErrorCategory.ObjectNotFound,
                Name
            );
            return;
        }
        if (!Force && !isOurs)
        {
            Report(
                $"The entry '{Name}' in '{location.Path}' starts something else; remove it with -Force.",
                ErrorId.ClientEntryForeign,
                ErrorCategory.PermissionDenied,
                Name
            );
            return;
        }
        if (Confirm(location.Path, $"Remove server entry '{Name}'"))
            ClientFile.Replace(location.Path, before, location.Entries.Remove(before, Name));
    }
}
