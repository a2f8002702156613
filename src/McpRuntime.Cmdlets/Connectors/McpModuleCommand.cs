using System.Management.Automation;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Commands.Modules;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>A cmdlet that writes or removes the module of a connector's commands.</summary>
public abstract class McpModuleCommand : McpConnectorCommand
{
    /// <summary>
    /// Folder of the module of commands. Default: where the module is, or the user's modules (scope CurrentUser).
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ModulePath { get; set; }

    /// <summary>The commands of a connector that is going to be written, with names that are free.</summary>
    /// <param name="manifest">The connector.</param>
    /// <param name="path">Its file, which may have it from before.</param>
    /// <param name="settings">The connectors folder.</param>
    /// <returns>Null for a connector without a prefix.</returns>
    private protected ModulePlan? PlanModule(ConnectorManifest manifest, string path, RuntimeSettings settings)
    {
        if (manifest.CommandPrefix is not { } prefix)
            return null;
        var folder = FolderOf(manifest.Name, settings);
        var before = File.Exists(path)
            ? Await(cancellationToken =>
                ManifestFile.ReadAsync(path, settings.DocumentLimits, strict: false, cancellationToken)
            ).Manifest
            : null;
        var marker = MarkerOf(manifest.Name, settings);
        var existing = ExistingCommands.With(this, prefix, marker);
        var names = FreeNames.Of(manifest, before, folder.Commands(marker), existing);
        var module = ConnectorModule.Of(names.Served, PathToRecord(settings), settings.ConnectorsFolder)!;
        var plan = new ModulePlan(module, folder, names);
        foreach (var warning in plan.Warnings)
            WriteWarning(warning);
        return plan;
    }

    /// <summary>The folder holds something else; the error says what, and what to do.</summary>
    private protected bool IsRefused(ModulePlan plan)
    {
        try
        {
            if (plan.Folder.Refusal(plan.Module.Marker) is not { } reason)
                return false;
            Report(reason, ErrorId.ModuleForeign, ErrorCategory.ResourceExists, plan.Folder.Path);
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.ModuleForeign, ErrorCategory.ReadError, plan.Folder.Path);
        }
        return true;
    }

    /// <summary>Writes the module where it is not there yet, and tells what keeps a session from finding it.</summary>
    private protected void WriteModule(ModulePlan plan)
    {
        if (plan.Module.Commands.Count == 0)
        {
            WriteWarning($"No tool of '{plan.Module.Marker.Connector}' has a command, so there is no module.");
            return;
        }
        var files = plan.Module.Files(RequiredModule.Of(MyInvocation.MyCommand.Module));
        if (plan.Folder.Has(files) || !Confirm(plan.Folder.Path, plan.Action))
            return;
        try
        {
            plan.Folder.Write(files, plan.Module.Marker);
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.ModuleNotWritable, ErrorCategory.WriteError, plan.Folder.Path);
            return;
        }
        SessionModule.Reload(this, plan.Folder);
        WarnOfModulePath(plan.Folder);
    }

    /// <summary>The folder of a connector's module; null where it has none.</summary>
    private protected ModuleFolder? ModuleOf(string connector, RuntimeSettings settings) =>
        FolderOf(connector, settings) is { } folder && folder.IsOf(MarkerOf(connector, settings)) ? folder : null;

    /// <summary>Removes the module of a connector where there is one.</summary>
    private protected void RemoveModule(string connector, RuntimeSettings settings)
    {
        if (ModuleOf(connector, settings) is not { } folder)
            return;
        SessionModule.Remove(this, folder);
        try
        {
            if (folder.Remove() is { Count: > 0 } left)
                WriteWarning(
                    $"Other sessions use {string.Join(", ", left.Select(file => $"'{file}'"))}. Delete the files when "
                        + "they have ended."
                );
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.ModuleNotWritable, ErrorCategory.WriteError, folder.Path);
        }
    }

    /// <summary>The connectors folder as a module records it: null for the default one.</summary>
    private string? PathToRecord(RuntimeSettings settings) =>
        ConnectorPath is null || settings.ConnectorsFolder == ReadSettings().ConnectorsFolder
            ? null
            : settings.ConnectorsFolder;

    private ModuleMarker MarkerOf(string connector, RuntimeSettings settings) =>
        new()
        {
            Connector = connector,
            Prefix = "",
            ConnectorPath = PathToRecord(settings),
        };

    private ModuleFolder FolderOf(string connector, RuntimeSettings settings)
    {
        var name = ModuleName.Of(connector);
        if (ModulePath is null)
            return Commands.Modules.ModulePath.OfSession.FolderOf(name, MarkerOf(connector, settings));
        if (FilePaths.Literal(this, ModulePath) is { } folder)
            return new ModuleFolder(Path.Combine(folder, name), name);
        throw Terminate(
            $"'{ModulePath}' is not a folder of the file system.",
            ErrorId.PathNotUsable,
            ErrorCategory.InvalidArgument,
            ModulePath
        );
    }

    private void WarnOfModulePath(ModuleFolder folder)
    {
        var path = Commands.Modules.ModulePath.OfSession;
        var parent = Path.GetDirectoryName(folder.Path)!;
        if (!path.Has(parent))
            WriteWarning(
                $"'{parent}' is not in $env:PSModulePath: import the module by its path, or add the folder in your "
                    + "profile."
            );
        if (!path.Finds(MyInvocation.MyCommand.Module.ModuleBase))
            WriteWarning(
                "The commands need the module McpRuntime, which is not in $env:PSModulePath: a session finds them only "
                    + $"after Import-Module '{MyInvocation.MyCommand.Module.ModuleBase}'."
            );
    }
}
