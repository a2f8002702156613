using System.Text.Json;
using McpRuntime.Concurrency;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Examples;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Projection;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi;

/// <summary>
/// The stages after all documents are loaded: operations are read, projected to tools, and the schemas of these
/// written; then the shared schemas that these refer to, and the connector of all of them.
/// </summary>
internal static class ImportStages
{
    /// <summary>Makes a connector of a document with all that it refers to.</summary>
    internal static Found<ImportedConnector> Run(DocumentSet documents, ImportOptions options)
    {
        var findings = new List<ImportFinding>();
        var document = documents.Entry;
        var root = new Node(document.Resource, document.Root, DocumentPath.Root);
        if (NotOpenApi(root) is { } refused)
            return new Found<ImportedConnector>(new ImportedConnector(null, [], [], ExampleCounts.None), refused);

        var resolver = new ReferenceResolver(documents);
        var chosen = Take(ChosenOperations.Of(document, resolver, options));
        var defaults = Take(OperationWorker.ReaderOf(document, resolver).ReadDefaults());
        var servers = Take(ServerProjector.Of(defaults.Servers, document, options));
        var security = Take(SecurityProjector.Of(defaults.SecuritySchemes, servers.BaseUrl, resolver));

        using var workers = new WorkerPool<OperationWorker>(() =>
            new OperationWorker(documents, security, defaults.Security)
        );
        var tools = Array.ConvertAll(
            workers.Map(chosen.Operations, static (worker, operation) => worker.Tool(operation)),
            Take
        );
        var graph = Take(
            SchemaStage.Write(SchemaUse.InOrder(tools.SelectMany(tool => tool.Uses)), uses =>
                workers.Map(uses, static (worker, use) =>
                    worker.Schemas.WriteDefinition(use.Definition, use.Direction, use.Detours)
                )
            )
        );

        if (tools.Length == 0)
            findings.AddRange(NothingToImport(root, chosen.Skipped, options));
        if (findings.Exists(each => each.Finding.Severity == Diagnostics.FindingSeverity.Error))
            return Result(null, [], ExampleCounts.None);

        var named = NamedSchemas.Of(graph, document);
        var connector = Take(
            new ConnectorAssembly(
                root,
                options.Name,
                servers.BaseUrl!,
                servers.Query,
                Take(servers.Project(tools.Select(tool => tool.Shape.Servers))),
                Take(security.Project(defaults.Security, tools.Select(tool => tool.Shape.Needs))),
                named,
                tools
            ).Assemble()
        );
        findings.AddRange(SizeWarnings.Of(connector.Imported, options.Names));
        var reviewed = Take(ConnectorReview.Of(connector.Manifest, named, tools, resolver));
        return Result(reviewed.Manifest, connector.Imported, reviewed.Examples);

        Found<ImportedConnector> Result(
            ConnectorManifest? manifest,
            IReadOnlyList<ImportedTool> imported,
            ExampleCounts counts
        ) => new(new ImportedConnector(manifest, chosen.Skipped, imported, counts), findings);

        T Take<T>(Found<T> found)
        {
            findings.AddRange(found.Findings);
            return found.Value;
        }
    }

    private static IReadOnlyList<ImportFinding>? NotOpenApi(Node root)
    {
        var version = root.Document.Version;
        if (root.Element.ValueKind == JsonValueKind.Object && version.Line != SpecLine.None)
            return null;
        var findings = new ImportFindings();
        findings.Error(
            ImportRules.NotOpenApi,
            root,
            version.Text is { } text
                ? $"OpenAPI version '{text}' is not supported; supported are 2.0, 3.0, 3.1 and 3.2."
                : "Not an OpenAPI document: no top-level 'openapi' or 'swagger' field."
        );
        return findings.With(root).Findings;
    }

    private static IReadOnlyList<ImportFinding> NothingToImport(
        Node root,
        IReadOnlyList<SkippedOperation> skipped,
        ImportOptions options
    )
    {
        var findings = new ImportFindings();
        findings.Error(
            ImportRules.NoOperations,
            root,
            (skipped, new OperationFilter(options).InUse) switch
            {
                ([], _) => "The document has no operation in 'paths'.",
                ([var first, ..], "") => $"No operation became a tool: {first.Method} {first.Path}: {first.Reason}.",
                (_, var inUse) => $"No operation matched. Relax {inUse}.",
            }
        );
        return findings.With(root).Findings;
    }
}

/// <summary>What an import made of a document.</summary>
/// <param name="Manifest">The connector; null where an error leaves nothing to import.</param>
/// <param name="Skipped">Operations that are not tools, in the order of the document.</param>
/// <param name="Tools">One for each tool of the manifest.</param>
/// <param name="Examples">The document's examples, tried on the tools.</param>
internal sealed record ImportedConnector(
    ConnectorManifest? Manifest,
    IReadOnlyList<SkippedOperation> Skipped,
    IReadOnlyList<ImportedTool> Tools,
    ExampleCounts Examples
);
