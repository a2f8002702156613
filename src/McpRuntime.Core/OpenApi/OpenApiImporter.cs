using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Projection;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi;

/// <summary>Creates a connector manifest from an OpenAPI document (2.0, 3.0, 3.1 or 3.2).</summary>
public sealed class OpenApiImporter
{
    private readonly DocumentLoader _loader;
    private readonly ReferenceLimits _limits;

    /// <param name="loader">Reads the document and those that it refers to.</param>
    public OpenApiImporter(DocumentLoader loader)
        : this(loader, new ReferenceLimits()) { }

    internal OpenApiImporter(DocumentLoader loader, ReferenceLimits limits)
    {
        _loader = loader;
        _limits = limits;
    }

    /// <summary>
    /// Imports a document. What cannot be imported is in the result's findings and skipped operations; one broken
    /// operation does not stop the others.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<ImportResult> ImportAsync(
        DocumentSource source,
        ImportOptions options,
        CancellationToken cancellationToken
    )
    {
        var loaded = new List<LoadedDocument>();
        try
        {
            var first = await _loader.LoadAsync(source, cancellationToken);
            loaded.Add(first);
            return await ImportAsync(first, loaded, options, cancellationToken);
        }
        catch (FindingsException failure)
        {
            return ImportResult.Failed(failure.Findings);
        }
        finally
        {
            foreach (var document in loaded)
                document.Dispose();
        }
    }

    private async Task<ImportResult> ImportAsync(
        LoadedDocument first,
        List<LoadedDocument> loaded,
        ImportOptions options,
        CancellationToken cancellationToken
    )
    {
        var documents = new Dictionary<SpecDocument, LoadedDocument>();
        var entry = new SpecDocument(first.Location, first.BaseUri, first.Json.RootElement);
        documents.Add(entry, first);
        var policy = new ReferencePolicy(first.BaseUri, options.AllowExternal, options.Names.AllowExternal);
        var closure = new DocumentClosure(policy, _limits, async (uri, line, token) =>
        {
            var document = await _loader.LoadAsync(new DocumentSource.FromUri(uri), policy.Refuse, token);
            loaded.Add(document);
            var spec = new SpecDocument(document.Location, document.BaseUri, document.Json.RootElement, line);
            documents.Add(spec, document);
            return (spec, document.Text.Length);
        });
        var set = await closure.CloseAsync(
            entry,
            resolver =>
                ChosenOperations.Of(entry, resolver, options).Value.Operations.Select(operation => operation.Head),
            cancellationToken
        );
        cancellationToken.ThrowIfCancellationRequested();
        var imported = ImportStages.Run(set, options);
        var connector = imported.Value;
        var strict = options.Strict ? first.Locate(await StrictDiagnostics.FindAsync(first, cancellationToken)) : [];
        return new ImportResult
        {
            Manifest =
                connector.Manifest is null || strict.Any(finding => finding.Severity == FindingSeverity.Error)
                    ? null
                    : connector.Manifest with
                    {
                        CommandPrefix = options.CommandPrefix,
                        Source = new ManifestSource(first.Location, first.Sha256, entry.Version.Text)
                        {
                            Choices = options.Choices,
                        },
                    },
            Findings = [.. first.Findings, .. Located(FindingReport.Of(imported.Findings), documents), .. strict],
            Skipped = connector.Skipped,
            Tools = connector.Tools,
            Examples = connector.Examples,
        };
    }

    // One pass over a document's text for all of its findings.
    private static Finding[] Located(List<ImportFinding> all, Dictionary<SpecDocument, LoadedDocument> documents)
    {
        var located = new Finding[all.Count];
        foreach (
            var group in all.Select((entry, index) => (entry.Finding, entry.Document, Index: index))
                .GroupBy(entry => entry.Document)
        )
        {
            var places = group.ToList();
            var texts = group.Key is null
                ? [.. places.Select(place => place.Finding)]
                : documents[group.Key].Locate([.. places.Select(place => place.Finding)]);
            for (var i = 0; i < places.Count; i++)
                located[places[i].Index] = texts[i];
        }
        return located;
    }
}
