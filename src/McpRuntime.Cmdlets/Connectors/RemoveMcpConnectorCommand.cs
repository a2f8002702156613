using System.Management.Automation;
using McpRuntime.Approvals;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>
/// Remove-McpConnector: deletes the manifest of a connector from the connectors folder, and its module.
/// </summary>
/// <remarks>
/// <para>The module of its commands is deleted only where Import-McpConnector has written it for this connector.</para>
/// <para>Running servers with hot reload remove its tools. The connector's approvals are deleted, too,
/// unless credentials are still stored for it: a later connector with the same name must not use them for another
/// server. Delete those with Remove-McpCredential.</para>
/// </remarks>
/// <example>
/// <code>
/// Remove-McpConnector petstore -WhatIf
/// </code>
/// Shows which file and which module would be deleted.
/// </example>
/// <example>
/// <code>
/// Get-McpConnector test-* | Remove-McpConnector
/// </code>
/// Deletes every connector whose name starts with 'test-'.
/// </example>
[Cmdlet(VerbsCommon.Remove, "McpConnector", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveMcpConnectorCommand : McpModuleCommand
{
    /// <summary>Names of connectors, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        var settings = Settings();
        var snapshot = LoadConnectors(settings);
        foreach (var name in Name)
        {
            foreach (var connector in Find(snapshot, settings, name))
            {
                var connectorName = connector.Manifest.Name;
                var module = ModuleOf(connectorName, settings) is { } own ? $" and its module in '{own.Path}'" : "";
                if (Confirm(connector.Path, $"Delete connector '{connectorName}'{module}"))
                    Remove(connector, settings);
            }
        }
    }

    private void Remove(LoadedConnector connector, RuntimeSettings settings)
    {
        var name = connector.Manifest.Name;
        try
        {
            File.Delete(connector.Path);
            RemoveModule(name, settings);
            var records = new SecretRecordStore(settings.DataFolder);
            if (records.All().Any(entry => entry.Connector == name))
                WriteWarning(
                    $"Credentials of '{name}' are still stored. Delete them with: Remove-McpCredential '{name}'"
                );
            else
                Await(cancellationToken => new ApprovalStore(settings.DataFolder).ForgetAsync(name, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report(
                new McpRuntimeException($"'{connector.Path}' cannot be deleted: {exception.Message}", exception),
                ErrorId.ManifestNotWritable,
                ErrorCategory.WriteError,
                connector.Path
            );
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.UserDataNotUsable, ErrorCategory.ReadError, settings.DataFolder);
        }
    }
}
