using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Network;
using McpRuntime.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Import;

/// <summary>
/// Imports a connector again from the document that its manifest names, with the choices that it records, in two steps:
/// what would be written and how it differs, and writing it.
/// </summary>
/// <param name="settings">Limits, networks and folders.</param>
/// <param name="options">What the user chose; where that is nothing, the recorded choices count. It alone says what is
/// approved: a manifest is not trusted.</param>
public sealed class ConnectorUpdate(RuntimeSettings settings, ImportOptions options)
{
    /// <summary>The manifest's file; null for the connector's own in the connectors folder.</summary>
    public string? Output { get; init; }

    /// <summary>
    /// The folder from which a relative path counts that the manifest records; null for the process's current one.
    /// </summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Servers that no earlier import approved get the connector's credentials too.</summary>
    public bool ApproveOrigins { get; init; }

    /// <summary>
    /// Reads, projects and compares; nothing is written. Findings with an error leave no manifest; else
    /// <see cref="PreparedImport.Difference"/> is set.
    /// </summary>
    /// <exception cref="InvalidOperationException">Neither a name nor a file is given.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="McpRuntimeException">The user's record cannot be read.</exception>
    public async Task<PreparedImport> PrepareAsync(CancellationToken cancellationToken)
    {
        var check = new ConnectorCheck(settings, options) { Output = Output, WorkingFolder = WorkingFolder };
        var found = await check.RunAsync(cancellationToken);
        return found.Result.Manifest is null
            ? new PreparedImport(found.Result)
            : new PreparedImport(found.Result)
            {
                Path = found.Path,
                Kept = found.Kept,
                Difference = found.Difference,
            };
    }

    /// <summary>Writes the manifest over the existing one.</summary>
    /// <returns>Origins that stay without credentials, because no import approved them.</returns>
    /// <exception cref="Diagnostics.FindingsException">It cannot be written.</exception>
    /// <exception cref="McpRuntimeException">The user's record cannot be written.</exception>
    public async Task<IReadOnlyList<Origin>> SaveAsync(PreparedImport update, CancellationToken cancellationToken)
    {
        var manifest = update.Result.Manifest
            ?? throw new ArgumentException("There is no manifest to write.", nameof(update));
        await ManifestFile.SaveToAsync(update.Path!, manifest, overwrite: true, cancellationToken);
        return await ImportApproval.RecordAsync(
            new ApprovalStore(settings.DataFolder),
            manifest,
            options,
            ApproveOrigins,
            isUpdate: true,
            cancellationToken
        );
    }
}
