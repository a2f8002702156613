using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Naming;
using McpRuntime.OpenApi.Operations;
using McpRuntime.OpenApi.Projection;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi;

/// <summary>
/// One round of projecting one document. Where documents are missing that it refers to, the round's result is thrown
/// away and another one follows when they are read.
/// </summary>
internal sealed class ImportSession(SpecDocument document, ExternalDocuments external, ImportOptions options)
{
    private readonly ImportFindings _findings = new();
    private readonly List<SkippedOperation> _skipped = [];

    internal ImportFindings Findings => _findings;

    internal IReadOnlyList<SkippedOperation> Skipped => _skipped;

    internal IReadOnlyList<ImportedTool> Tools { get; private set; } = [];

    /// <summary>The connector; null where an error leaves nothing to import.</summary>
    internal ConnectorManifest? Run()
    {
        var root = new Node(document.Resource, document.Root, Place.Root);
        if (!IsOpenApi(root))
            return null;
        var resolver = new ReferenceResolver(document, external);
        var references = new ReferenceFollower(resolver, _findings);
        var operations = new OperationEnumerator(document, references, _findings);
        operations.Run();
        ISpecReader reader = document.Line == SpecLine.V20
            ? new Swagger2Reader(document, references, _findings)
            : new OpenApi3Reader(document, references, _findings);
        var servers = new ServerProjector(reader.Servers, document, options, _findings);
        var security = new SecurityProjector(reader.SecuritySchemes, servers.BaseUrl, references, _findings);
        var catalog = new SchemaCatalog(resolver, _findings);
        var access = new PropertyAccess(resolver);
        using var schemas = new SchemaWriter(catalog, access, _findings);
        var projector = new ToolProjector(
            resolver, schemas, new BodyProjector(resolver, access, _findings), security, servers, _findings);
        var drafts = Project(operations, reader, projector);
        catalog.WriteQueued(schemas);
        if (drafts.Count == 0)
            _findings.Error("no-operations", root, NothingToImport(operations.Operations.Count));
        if (_findings.HasErrors || external.HasMissing)
            return null;
        catalog.Complete(document);
        return Assemble(root, reader, servers, security, catalog, drafts);
    }

    private bool IsOpenApi(Node root)
    {
        if (root.Element.ValueKind == JsonValueKind.Object && document.Version.Line != SpecLine.None)
            return true;
        _findings.Error("not-openapi", root, document.Version.Text is { } version
            ? $"OpenAPI version '{version}' is not known; 2.0, 3.0, 3.1 and 3.2 are read."
            : "This is no OpenAPI document: it has neither 'openapi' nor 'swagger' at its top.");
        return false;
    }

    private List<ToolDraft> Project(OperationEnumerator operations, ISpecReader reader, ToolProjector projector)
    {
        var names = ToolNamer.Assign(operations.Operations);
        var filter = new OperationFilter(options);
        var drafts = new List<ToolDraft>(names.Length);
        for (var i = 0; i < names.Length; i++)
        {
            var head = operations.Operations[i];
            if (filter.Refuse(head) is { } reason)
                _skipped.Add(new SkippedOperation(head.Method, head.Path, reason));
            else
                drafts.Add(projector.Project(reader.Read(head), names[i]));
        }
        _skipped.AddRange(operations.Skipped);
        return drafts;
    }

    private static string NothingToImport(int operations) =>
        operations == 0
            ? "The document has no operation in 'paths'."
            : $"None of the document's {operations} operations was chosen; widen --include-path and its kin.";

    private ConnectorManifest Assemble(
        Node root, ISpecReader reader, ServerProjector servers, SecurityProjector securityProjector, SchemaCatalog catalog, List<ToolDraft> drafts)
    {
        var texts = new ChunkBuffer();
        var definitions = catalog.Texts(texts);
        var tokens = new TokenEstimate();
        var tools = new List<ToolManifest>(drafts.Count);
        var imported = new List<ImportedTool>(drafts.Count);
        foreach (var draft in drafts)
        {
            var tool = draft.Complete(texts);
            tools.Add(tool);
            imported.Add(new ImportedTool(tool.Name, tool.Endpoint, draft.OperationId, tokens.Of(tool, draft)));
        }
        Tools = imported;
        SizeWarnings.Add(imported, _findings);
        JsonRead.TryGetObject(root.Element, "info"u8, out var info);
        var own = McpExtension.Read(root, _findings);
        var needs = reader.Security is { } security ? securityProjector.Project(security) : [];
        return new ConnectorManifest
        {
            Name = options.Name ?? ConnectorIdentity.Name(own.Name ?? JsonRead.Text(info, "title"u8)),
            Version = ConnectorIdentity.Version(JsonRead.TryGet(info, "version"u8, out var version) ? JsonRead.Scalar(version) : null),
            Title = DescriptionText.Title(own.Title ?? JsonRead.Text(info, "title"u8)),
            Description = DescriptionText.OrNull(own.Description ?? DescriptionText.Join(JsonRead.Text(info, "summary"u8), JsonRead.Text(info, "description"u8))),
            BaseUrl = servers.BaseUrl!,
            ServerVariables = servers.Variables,
            Servers = servers.Alternatives,
            SecuritySchemes = securityProjector.Schemes(),
            Security = needs,
            Definitions = definitions,
            Tools = tools,
        };
    }
}
