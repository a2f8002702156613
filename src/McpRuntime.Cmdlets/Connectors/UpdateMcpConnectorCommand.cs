using System.Globalization;
using System.Management.Automation;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Tracing;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Import;
using McpRuntime.Import.Comparison;
using McpRuntime.OpenApi;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>Update-McpConnector: imports a connector again from the document that it was imported from.</summary>
/// <remarks>
/// <para>The filters, the server and the strictness of the import are recorded in the manifest and used again. Names of
/// tools and of commands stay, and so do edits, as with Import-McpConnector -Force. The result says how the connector
/// differs from before; where it is the same, the manifest is not written.</para>
/// <para>The module of a connector with commands is written anew where it differs, also after edits of the manifest and
/// after an update of McpRuntime. A session that has loaded it gets the new commands.</para>
/// <para>Servers that were not approved before get no credentials without -ApproveOrigin.</para>
/// </remarks>
/// <example>
/// <code>
/// Update-McpConnector petstore -WhatIf
/// </code>
/// Shows what would change.
/// </example>
/// <example>
/// <code>
/// Get-McpConnector | Update-McpConnector | Where-Object IsBreaking
/// </code>
/// Updates all connectors, and lists those whose callers have to change something.
/// </example>
/// <example>
/// <code>
/// Update-McpConnector petstore -ModuleOnly
/// </code>
/// Writes the module for a manifest that was edited or copied, without reading the API's document.
/// </example>
[Cmdlet(VerbsData.Update, "McpConnector", SupportsShouldProcess = true)]
[OutputType(typeof(McpConnectorDifference))]
public sealed class UpdateMcpConnectorCommand : McpModuleCommand
{
    /// <summary>Names of connectors, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Writes the module of commands from the manifest as it is.</summary>
    [Parameter]
    public SwitchParameter ModuleOnly { get; set; }

    /// <summary>Approves servers that no earlier import named for the connector's credentials.</summary>
    [Parameter]
    public SwitchParameter ApproveOrigin { get; set; }

    private DownloadTrace Downloads => field ??= new DownloadTrace(this);

    protected override void ProcessRecord()
    {
        var settings = Settings();
        var snapshot = LoadConnectors(settings);
        foreach (var name in Name)
        {
            foreach (var connector in Find(snapshot, settings, name))
            {
                if (ModuleOnly)
                    WriteModuleOf(connector, settings);
                else
                    Update(connector, settings);
            }
        }
    }

    private void WriteModuleOf(LoadedConnector connector, RuntimeSettings settings)
    {
        if (Read(connector, settings) is not { } manifest)
            return;
        if (PlanModule(manifest, connector.Path, settings) is not { } plan)
            Report(
                $"The connector '{connector.Manifest.Name}' has no commands. Import it with -Prefix.",
                ErrorId.PrefixMissing,
                ErrorCategory.InvalidOperation,
                connector.Manifest.Name
            );
        else if (!IsRefused(plan))
            WriteModule(plan);
    }

    private void Update(LoadedConnector connector, RuntimeSettings settings)
    {
        var update = new ConnectorUpdate(
            settings,
            new ImportOptions { Names = ModuleOptions.Names, Downloads = Downloads }
        )
        {
            Output = connector.Path,
            WorkingFolder = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
            ApproveOrigins = ApproveOrigin,
        };
        try
        {
            var prepared = Downloads.Await($"Updating {connector.Manifest.Name}", update.PrepareAsync);
            foreach (
                var finding in prepared.Result.Findings.Where(finding => finding.Severity == FindingSeverity.Warning)
            )
                WriteWarning(UntrustedText.ForTerminal(finding.ToString()));
            if (prepared.Result.Manifest is not { } manifest)
                WriteError(FindingErrors.Of(prepared.Result.Findings, connector.Path));
            else
            {
                var plan = PlanModule(manifest, connector.Path, settings);
                if (plan is null || !IsRefused(plan))
                    Save(update, plan?.Of(prepared) ?? prepared, plan, connector);
            }
        }
        catch (FindingsException exception)
        {
            WriteError(FindingErrors.Of(exception.Findings, connector.Path));
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.UserDataNotUsable, ErrorCategory.WriteError, settings.DataFolder);
        }
    }

    private void Save(ConnectorUpdate update, PreparedImport prepared, ModulePlan? plan, LoadedConnector connector)
    {
        // As it is written: without commands whose names are taken.
        var difference = ManifestComparison.Compare(connector.Manifest, prepared.Result.Manifest!);
        var isSaved = difference.IsSame;
        if (!isSaved && Confirm(connector.Path, $"Update connector '{connector.Manifest.Name}': {Counts(difference)}"))
        {
            var left = Await(cancellationToken => update.SaveAsync(prepared, cancellationToken));
            if (left.Count > 0)
                WriteWarning(
                    $"Credentials are not sent to {string.Join(", ", left)}, which no import has approved. If this is "
                        + $"correct, run Update-McpConnector '{connector.Manifest.Name}' -ApproveOrigin."
                );
            isSaved = true;
        }
        if (plan is not null && (isSaved || IsWhatIf()))
            WriteModule(plan);
        WriteObject(new McpConnectorDifference(connector.Manifest.Name, difference));
    }

    private static string Counts(ManifestDifference difference) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{difference.Added.Count} added, {difference.Removed.Count} removed, {difference.Changed.Count} changed"
        );
}
