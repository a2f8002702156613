using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Files;
using McpRuntime.Import.Comparison;
using McpRuntime.Import.Merging;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Import;

/// <summary>
/// An import from a document to a manifest in the connectors folder, in two steps: what would be written, and writing
/// it. A front end asks the user in between.
/// </summary>
/// <param name="settings">Limits, networks and folders.</param>
/// <param name="options">What the person chose.</param>
public sealed class ConnectorImport(RuntimeSettings settings, ImportOptions options)
{
    private readonly ApprovalStore _approvals = new(settings.DataFolder);

    /// <summary>File to write; null for the connector's own in the connectors folder.</summary>
    public string? Output { get; init; }

    /// <summary>An existing file is replaced; what a user wrote into it is kept.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The new manifest is validated before it is written; with errors there is none.</summary>
    public bool Validate { get; init; }

    /// <summary>Other servers than those of an earlier import get the connector's credentials too.</summary>
    public bool ApproveOrigins { get; init; }

    /// <summary>Where a connector's manifest is written.</summary>
    public string PathFor(string name) =>
        Path.GetFullPath(Output ?? ConnectorName.FileFor(settings.ConnectorsFolder, name));

    /// <summary>Reads and projects; nothing is written. Findings with an error leave no manifest.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="McpRuntimeException">The user's record cannot be read.</exception>
    public async Task<PreparedImport> PrepareAsync(DocumentSource source, CancellationToken cancellationToken)
    {
        // Where the target is known before the work, a refusal should not cost the work.
        if ((Output ?? options.Name) is not null && Refuse(PathFor(options.Name ?? "")) is { } refused)
            return refused;
        var reader = new SourceReader(settings, options);
        var result = await reader.ReadAsync(source, SourceReader.NamedHosts(source), cancellationToken);
        if (result.Manifest is not { } manifest)
            return new PreparedImport(result);
        var path = PathFor(manifest.Name);
        if (Refuse(path) is { } late)
            return late;
        var existing = await ExistingAsync(path, cancellationToken);
        var merged = existing is null
            ? new MergedImport(result, [])
            : ImportMerge.Merge(existing, result, keepName: options.Name is null);
        result = PrivateServer.Approved(CommandStage.Named(merged.Import), _approvals);
        if (Validate)
            result = Validated(result);
        return result.Manifest is null
            ? new PreparedImport(result)
            : new PreparedImport(result) { Path = path, Kept = merged.Kept };
    }

    /// <summary>Writes the manifest and records what the person approved by importing it.</summary>
    /// <returns>Origins that stay without credentials, because an earlier import named others.</returns>
    /// <exception cref="FindingsException">It cannot be written.</exception>
    /// <exception cref="McpRuntimeException">The user's record cannot be written.</exception>
    public async Task<IReadOnlyList<Origin>> SaveAsync(PreparedImport import, CancellationToken cancellationToken)
    {
        var manifest = import.Result.Manifest
            ?? throw new ArgumentException("There is no manifest to write.", nameof(import));
        await ManifestFile.SaveToAsync(import.Path!, manifest, Overwrite, cancellationToken);
        return await ImportApproval.RecordAsync(_approvals, manifest, options, ApproveOrigins, cancellationToken);
    }

    private PreparedImport? Refuse(string path)
    {
        if (Overwrite || !File.Exists(path))
            return null;
        var finding = new Finding(
            ManifestRules.FileExists,
            FindingSeverity.Error,
            $"'{path}' already exists. Import with {settings.OptionNames.Overwrite} to replace it."
        )
        {
            Source = path,
        };
        return new PreparedImport(ImportResult.Failed([finding]));
    }

    // One that is not valid has nothing that could be kept with certainty.
    private async Task<ConnectorManifest?> ExistingAsync(string path, CancellationToken cancellationToken) =>
        RegularFile.HasContent(path)
            ? (await ManifestFile.ReadAsync(path, settings.DocumentLimits, strict: false, cancellationToken)).Manifest
            : null;

    private ImportResult Validated(ImportResult result)
    {
        var read = ManifestReader.Read(ManifestWriter.ToUtf8(result.Manifest!), "new manifest", options.Strict);
        return result with
        {
            Manifest = read.IsValid ? result.Manifest : null,
            // What the import has found already is told with its place in the document.
            Findings =
            [
                .. result.Findings,
                .. read.Findings.Where(finding =>
                    finding.RuleId != ValidationRules.UnsatisfiableSchema || finding.Severity == FindingSeverity.Error
                ),
            ],
        };
    }
}

/// <summary>What an import would write.</summary>
/// <param name="Result">Its manifest is null where the findings hold an error.</param>
public sealed record PreparedImport(ImportResult Result)
{
    /// <summary>The manifest's file; null where there is no manifest.</summary>
    public string? Path { get; init; }

    /// <summary>What stays of the file that is there.</summary>
    public IReadOnlyList<KeptEdit> Kept { get; init; } = [];

    /// <summary>How an update changes the manifest; null for other imports.</summary>
    public ManifestDifference? Difference { get; init; }
}
