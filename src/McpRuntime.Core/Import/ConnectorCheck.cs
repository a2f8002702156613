using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Files;
using McpRuntime.Import.Comparison;
using McpRuntime.Import.Merging;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Import;

/// <summary>Compares a connector's manifest with what its document would give now; nothing is written.</summary>
/// <param name="settings">Limits, networks and folders.</param>
/// <param name="options">What the user chose; where that is nothing, the choices that the manifest records
/// count.</param>
public sealed class ConnectorCheck(RuntimeSettings settings, ImportOptions options)
{
    private readonly ApprovalStore _approvals = new(settings.DataFolder);

    /// <summary>The manifest's file; null for the connector's own in the connectors folder.</summary>
    public string? Output { get; init; }

    /// <summary>
    /// The folder from which a relative path counts that the manifest records; null for the process's current one.
    /// </summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Compares with a document that the person named.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="McpRuntimeException">The user's record cannot be read.</exception>
    public async Task<CheckedConnector> RunAsync(DocumentSource source, CancellationToken cancellationToken)
    {
        var hosts = SourceReader.NamedHosts(source);
        if ((Output ?? options.Name) is { } known)
            return await CompareAsync(source, hosts, known, cancellationToken);
        var result = await ReadAsync(source, hosts, options, cancellationToken);
        if (result.Manifest is not { } fresh)
            return new CheckedConnector(result);
        var path = PathFor(fresh.Name);
        var existing = await ExistingAsync(path, fresh.Name, cancellationToken);
        if (existing.Manifest is not { } manifest)
            return new CheckedConnector(ImportResult.Failed(existing.Findings)) { Path = path };
        // Only the document's title said which manifest it is; a stream can be read once.
        return source is DocumentSource.FromStream || options.OrRecorded(manifest.Source?.Choices) == options
            ? Compare(manifest, result, path)
            : await CompareAsync(source, hosts, fresh.Name, cancellationToken);
    }

    /// <summary>Compares with the document that the manifest says it was imported from.</summary>
    /// <exception cref="InvalidOperationException">Neither a name nor a file is given.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="McpRuntimeException">The user's record cannot be read.</exception>
    public async Task<CheckedConnector> RunAsync(CancellationToken cancellationToken)
    {
        if ((Output ?? options.Name) is not { } what)
            throw new InvalidOperationException("Specify the manifest by its name or its file.");
        var path = PathFor(what);
        var existing = await ExistingAsync(path, what, cancellationToken);
        if (existing.Manifest is not { } manifest)
            return new CheckedConnector(ImportResult.Failed(existing.Findings)) { Path = path };
        if (manifest.Source is not { Location: not "-" } recorded)
            return new CheckedConnector(ImportResult.Failed([WithoutSource(path)])) { Path = path };
        var source = DocumentSource.Parse(recorded.Location, () => Stream.Null);
        if (source is DocumentSource.FromFile { Path: var file } && WorkingFolder is not null)
            source = new DocumentSource.FromFile(Path.GetFullPath(file, WorkingFolder));
        // A manifest is not trusted: its word does not make this machine ask a private host.
        var approved = _approvals.Now(manifest.Name).PrivateHosts.Select(host => host.Host);
        return await CompareAsync(source, [.. approved], manifest, path, cancellationToken);
    }

    private async Task<CheckedConnector> CompareAsync(
        DocumentSource source,
        IReadOnlyList<string> namedHosts,
        string what,
        CancellationToken cancellationToken
    )
    {
        var path = PathFor(what);
        var existing = await ExistingAsync(path, what, cancellationToken);
        return existing.Manifest is { } manifest
            ? await CompareAsync(source, namedHosts, manifest, path, cancellationToken)
            : new CheckedConnector(ImportResult.Failed(existing.Findings)) { Path = path };
    }

    private async Task<CheckedConnector> CompareAsync(
        DocumentSource source,
        IReadOnlyList<string> namedHosts,
        ConnectorManifest manifest,
        string path,
        CancellationToken cancellationToken
    )
    {
        var chosen = options.OrRecorded(manifest.Source?.Choices);
        var result = await ReadAsync(source, namedHosts, chosen, cancellationToken);
        return result.Manifest is null ? new CheckedConnector(result) { Path = path } : Compare(manifest, result, path);
    }

    private CheckedConnector Compare(ConnectorManifest existing, ImportResult result, string path)
    {
        var merged = ImportMerge.Merge(existing, result);
        var named = CommandStage.Named(merged.Import);
        return new CheckedConnector(PrivateServer.Approved(named, _approvals))
        {
            Path = path,
            Existing = existing,
            Kept = merged.Kept,
            Difference = ManifestComparison.Compare(existing, named.Manifest!),
        };
    }

    private Task<ImportResult> ReadAsync(
        DocumentSource source,
        IReadOnlyList<string> namedHosts,
        ImportOptions chosen,
        CancellationToken cancellationToken
    ) => new SourceReader(settings, chosen).ReadAsync(source, namedHosts, cancellationToken);

    private async Task<ManifestReadResult> ExistingAsync(string path, string what, CancellationToken cancellationToken)
    {
        if (RegularFile.HasContent(path))
            return await ManifestFile.ReadAsync(path, settings.DocumentLimits, strict: false, cancellationToken);
        return new ManifestReadResult(
            null,
            [
                new Finding(
                    ManifestRules.NotFound,
                    FindingSeverity.Error,
                    $"There is no connector '{what}' to compare with: '{path}' does not exist. Import it first."
                )
                {
                    Source = path,
                },
            ]
        );
    }

    private string PathFor(string name) =>
        Path.GetFullPath(Output ?? ConnectorName.FileFor(settings.ConnectorsFolder, name));

    private static Finding WithoutSource(string path) =>
        new(
            ManifestRules.NoSource,
            FindingSeverity.Error,
            $"The manifest '{path}' does not say which document it was imported from; name the document."
        )
        {
            Source = path,
        };
}

/// <summary>A manifest next to what its document would give now.</summary>
/// <param name="Result">The import, merged with the manifest; its manifest is null where the findings hold an
/// error.</param>
public sealed record CheckedConnector(ImportResult Result)
{
    /// <summary>The manifest's file; null where that is not known.</summary>
    public string? Path { get; init; }

    /// <summary>The manifest as it is; null where it cannot be read or compared.</summary>
    public ConnectorManifest? Existing { get; init; }

    /// <summary>What stays of the manifest.</summary>
    public IReadOnlyList<KeptEdit> Kept { get; init; } = [];

    /// <summary>How they differ; null where one of them cannot be read.</summary>
    public ManifestDifference? Difference { get; init; }
}
