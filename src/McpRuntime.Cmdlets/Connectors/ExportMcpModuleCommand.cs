using System.Management.Automation;
using McpRuntime.Cmdlets.Commands.Modules;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>Export-McpModule: writes the module of a connector's commands for other people and machines.</summary>
/// <remarks>
/// <para>The module contains the connector's manifest and needs only the module McpRuntime. It can be signed, and
/// published to a gallery with Publish-PSResource. It contains no credentials: each user sets their own with
/// Set-McpCredential, whose -ConnectorPath is the folder of the module.</para>
/// </remarks>
/// <example>
/// <code>
/// Export-McpModule petstore -Destination ./modules -Version 1.2.0
/// </code>
/// Writes ./modules/McpRuntime.Petstore/1.2.0.
/// </example>
[Cmdlet(VerbsData.Export, "McpModule", SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class ExportMcpModuleCommand : McpConnectorCommand
{
    /// <summary>Names of connectors with commands, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Folder for the module's folder.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Version of the module. Default: the version of the connector, in numbers.</summary>
    [Parameter]
    [ValidateNotNull]
    public Version? Version { get; set; }

    /// <summary>Replaces an existing module of the same connector and version.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (FilePaths.Literal(this, Destination) is not { } destination)
            return;
        var settings = Settings();
        var snapshot = LoadConnectors(settings);
        foreach (var name in Name)
        {
            foreach (var connector in Find(snapshot, settings, name))
                Export(connector, settings, destination);
        }
    }

    private void Export(LoadedConnector connector, RuntimeSettings settings, string destination)
    {
        var name = connector.Manifest.Name;
        if (Read(connector, settings) is not { } manifest)
            return;
        if (ModuleOf(manifest, settings) is not { Commands.Count: > 0 } module)
        {
            Report(
                $"The connector '{name}' has no commands. Import it with -Prefix.",
                ErrorId.PrefixMissing,
                ErrorCategory.InvalidOperation,
                name
            );
            return;
        }
        var version = Version is null ? module.Version : ModuleVersion.InThreeParts(Version);
        var folder = new ModuleFolder(Path.Combine(destination, module.Name, version.ToString()), module.Name);
        try
        {
            if (IsRefused(folder, module.Marker))
                return;
            if (
                !Confirm(
                    folder.Path,
                    $"Write the module {module.Name} with {CountText.Of(module.Commands.Count, "command")}"
                )
            )
                return;
            folder.Write(module.Export(RequiredModule.Of(MyInvocation.MyCommand.Module), version), module.Marker);
            WriteObject(new DirectoryInfo(folder.Path));
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.ModuleNotWritable, ErrorCategory.WriteError, folder.Path);
        }
    }

    // Other modules of this machine are not those of the next; PowerShell is.
    private ConnectorModule? ModuleOf(ConnectorManifest manifest, RuntimeSettings settings)
    {
        if (ConnectorModule.Of(manifest, null, settings.ConnectorsFolder) is not { } module)
            return null;
        var names = FreeNames.Of(
            manifest,
            manifest,
            [.. module.Commands.Select(command => command.Name)],
            ExistingCommands.With(this, module.Marker.Prefix, module.Marker)
        );
        foreach (var finding in names.Findings)
            WriteWarning(UntrustedText.ForTerminal(finding.ToString()));
        return names.Findings.Count == 0 ? module : ConnectorModule.Of(names.Served, null, settings.ConnectorsFolder);
    }

    private bool IsRefused(ModuleFolder folder, ModuleMarker marker)
    {
        var isForeign = folder.Refusal(marker) is not null;
        var reason =
            isForeign ? $"'{folder.Path}' holds something else than this module. Choose another -Destination."
            : folder.IsOf(marker) && !Force
                ? $"'{folder.Path}' exists already. Use -Force to replace it, or another -Version."
            : null;
        if (reason is null)
            return false;
        Report(
            reason,
            isForeign ? ErrorId.ModuleForeign : ErrorId.FileExists,
            ErrorCategory.ResourceExists,
            folder.Path
        );
        return true;
    }
}
