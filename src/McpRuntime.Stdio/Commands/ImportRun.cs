using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.OpenApi;
using McpRuntime.OpenApi.Again;

namespace McpRuntime.Stdio.Commands;

/// <summary>One import: read, project, check, write, approve, report.</summary>
internal sealed class ImportRun(Terminal terminal, RuntimeSettings settings)
{
    public required string Source { get; init; }

    public string? Output { get; init; }

    public bool Force { get; init; }

    public bool Validate { get; init; }

    public bool ApproveOrigins { get; init; }

    public OutputFormat Format { get; init; }

    public required ImportOptions Options { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var merged = await MergeAsync(KnownTargetExists() ?? await ImportAsync(cancellationToken), cancellationToken);
        var result = merged.Import;
        var findings = result.Findings.ToList();
        string? path = null;
        IReadOnlyList<Origin> unapproved = [];
        if (result.Manifest is { } manifest && !HasError(findings) && (!Validate || Check(manifest, findings)))
        {
            path = await SaveAsync(manifest, findings, cancellationToken);
            if (path is not null)
                unapproved = await ApproveAsync(manifest, cancellationToken);
        }
        var report = new ImportReport(Source, path, result with { Findings = findings }, merged.Kept, unapproved);
        if (Format == OutputFormat.Json)
            await JsonOutput.WriteAsync(report.WriteJson, cancellationToken);
        else
            await report.WriteTextAsync(terminal);
        return path is null ? ExitCode.Failed : ExitCode.Good;
    }

    // Where the target is known before the work, a refusal should not cost the work.
    private ImportResult? KnownTargetExists()
    {
        var known = Output ?? (Options.Name is { } name ? TargetOf(name) : null);
        if (Force || known is null || !File.Exists(known))
            return null;
        const string Message =
            "The file exists already. Write over it with --force, or choose another place with --output.";
        return Failed([new Finding(ManifestRules.FileExists, FindingSeverity.Error, Message) { Source = known }]);
    }

    private async Task<ImportResult> ImportAsync(CancellationToken cancellationToken)
    {
        var source = DocumentSource.Parse(Source, Terminal.OpenInput);
        using var http = new GuardedHttp(settings.ExtraRoots);
        // The person named the source's host; what the document refers to or redirects to, nobody named.
        var named = source is DocumentSource.FromUri { Uri: { IsAbsoluteUri: true } uri } ? new[] { uri.IdnHost } : [];
        var policy = new AddressPolicy(settings.AllowedNetworks, named);
        var importer = new OpenApiImporter(new DocumentLoader(settings.DocumentLimits, _ => http.For(policy)));
        try
        {
            var work = Task.Run(() => importer.ImportAsync(source, Options, cancellationToken), cancellationToken);
            return await Progress.ShowAsync(terminal, $"Importing {Source}", work);
        }
        catch (FindingsException exception)
        {
            return Failed(exception.Findings);
        }
    }

    // Writing over a manifest keeps what people wrote into it; one that is broken has nothing that could be kept.
    private async Task<MergedImport> MergeAsync(ImportResult result, CancellationToken cancellationToken)
    {
        if (!Force || result.Manifest is not { } fresh || !File.Exists(TargetOf(fresh.Name)))
            return new MergedImport(result, []);
        var existing = await ManifestFile.ReadAsync(
            TargetOf(fresh.Name), settings.DocumentLimits, strict: false, cancellationToken);
        return existing.Manifest is { } manifest
            ? ImportMerge.Merge(manifest, result, keepName: Options.Name is null)
            : new MergedImport(result, []);
    }

    private bool Check(ConnectorManifest manifest, List<Finding> findings)
    {
        var checkedAgain = ManifestReader.Read(ManifestWriter.ToUtf8(manifest), "new manifest", Options.Strict);
        findings.AddRange(checkedAgain.Findings);
        return checkedAgain.IsValid;
    }

    private async Task<string?> SaveAsync(
        ConnectorManifest manifest, List<Finding> findings, CancellationToken cancellationToken)
    {
        var path = TargetOf(manifest.Name);
        try
        {
            await ManifestFile.SaveToAsync(path, manifest, Force, cancellationToken);
            return path;
        }
        catch (FindingsException exception)
        {
            findings.AddRange(exception.Findings);
            return null;
        }
    }

    private string TargetOf(string name) =>
        Path.GetFullPath(Output ?? ConnectorName.FileFor(settings.ConnectorsFolder, name));

    private Task<IReadOnlyList<Origin>> ApproveAsync(ConnectorManifest manifest, CancellationToken cancellationToken) =>
        ImportApproval.RecordAsync(
            new ApprovalStore(settings.DataFolder), manifest, Options, ApproveOrigins, cancellationToken);

    private static ImportResult Failed(IReadOnlyList<Finding> findings) =>
        new() { Manifest = null, Findings = findings, Skipped = [], Tools = [] };

    private static bool HasError(List<Finding> findings) =>
        findings.Exists(finding => finding.Severity == FindingSeverity.Error);
}
