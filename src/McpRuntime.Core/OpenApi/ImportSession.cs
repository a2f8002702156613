using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Examples;
using McpRuntime.OpenApi.Naming;
using McpRuntime.OpenApi.Operations;
using McpRuntime.OpenApi.Projection;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;
using McpRuntime.Validation;

namespace McpRuntime.OpenApi;

/// <summary>Makes a connector of a document with all that it refers to.</summary>
internal sealed class ImportSession(DocumentSet documents, ImportOptions options)
{
    private readonly SpecDocument _document = documents.Entry;
    private readonly ImportFindings _findings = new();
    private readonly List<SkippedOperation> _skipped = [];

    internal ImportFindings Findings => _findings;

    internal IReadOnlyList<SkippedOperation> Skipped => _skipped;

    internal IReadOnlyList<ImportedTool> Tools { get; private set; } = [];

    internal ExampleCounts Examples { get; private set; } = ExampleCounts.None;

    /// <summary>The connector; null where an error leaves nothing to import.</summary>
    internal ConnectorManifest? Run()
    {
        var root = new Node(_document.Resource, _document.Root, Place.Root);
        if (!IsOpenApi(root))
            return null;
        var resolver = new ReferenceResolver(documents);
        var references = new ReferenceFollower(resolver, _findings);
        var operations = new OperationEnumerator(_document, references, _findings);
        operations.Run();
        var reader = OperationProjection.ReaderOf(_document, references, _findings);
        var servers = new ServerProjector(reader.Servers, _document, options, _findings);
        var security = new SecurityProjector(reader.SecuritySchemes, servers.BaseUrl, references, _findings);
        var catalog = new SchemaCatalog(resolver);
        using var operationsOfTools = new OperationProjection(_document, resolver, catalog, security);
        operationsOfTools.Project(Choose(operations));
        _findings.AddAll(operationsOfTools.Findings);
        var sharedFindings = ImportFindings.OfPart();
        using (var writer = new SchemaWriter(catalog, new PropertyAccess(resolver), sharedFindings))
        {
            catalog.WriteReached(writer);
            catalog.BreakCycles(writer);
        }
        _findings.AddSorted([sharedFindings, catalog.Findings]);
        if (operationsOfTools.Drafts.Count == 0)
            _findings.Error("no-operations", root, NothingToImport());
        if (_findings.HasErrors)
            return null;
        catalog.Complete(_document);
        var manifest = Assemble(root, reader, servers, security, catalog, operationsOfTools);
        Judge(manifest, catalog, resolver, operationsOfTools.Drafts);
        return manifest;
    }

    // What was made is looked at as its callers will: can it be called, and does it take the document's own examples?
    private void Judge(ConnectorManifest manifest, SchemaCatalog catalog, ReferenceResolver resolver, IReadOnlyList<ToolDraft> drafts)
    {
        var definitions = new Dictionary<string, JsonText>(StringComparer.Ordinal);
        foreach (var name in catalog.InputNames())
            definitions.Add(name, manifest.Definitions[name]);
        var texts = new List<JsonText>(manifest.Tools.Count);
        foreach (var tool in manifest.Tools)
            texts.Add(tool.InputSchema);
        var inputs = new InputSchemas(definitions, texts);
        if (inputs.AreSmall)
            FindImpossible(inputs, drafts);
        var trial = new ExampleTrial(() => JsonSchema.Compile(inputs.Document), new RequestExamples(resolver), _findings);
        trial.Run(drafts);
        Examples = trial.Counts;
    }

    private void FindImpossible(InputSchemas inputs, IReadOnlyList<ToolDraft> drafts)
    {
        var impossible = new ImpossibleSchemas(inputs.Document.GetProperty("definitions"u8));
        var draft = 0;
        foreach (var input in inputs.Document.GetProperty("tools"u8).EnumerateObject())
        {
            var (node, name) = (drafts[draft].Node, drafts[draft].Name);
            foreach (var problem in Satisfiability.Of(impossible, input.Value))
                _findings.Warn(ValidationRules.UnsatisfiableSchema, node, $"The tool '{name}' {problem.Message}.");
            draft++;
        }
    }

    private bool IsOpenApi(Node root)
    {
        if (root.Element.ValueKind == JsonValueKind.Object && _document.Version.Line != SpecLine.None)
            return true;
        _findings.Error("not-openapi", root, _document.Version.Text is { } version
            ? $"OpenAPI version '{version}' is not known; 2.0, 3.0, 3.1 and 3.2 are read."
            : "This is no OpenAPI document: it has neither 'openapi' nor 'swagger' at its top.");
        return false;
    }

    private ChosenOperation[] Choose(OperationEnumerator operations)
    {
        var names = ToolNamer.Assign(operations.Operations);
        var filter = new OperationFilter(options);
        var chosen = new List<ChosenOperation>(names.Length);
        for (var i = 0; i < names.Length; i++)
        {
            var head = operations.Operations[i];
            if (filter.Refuse(head) is { } reason)
                _skipped.Add(new SkippedOperation(head.Method, head.Path, reason));
            else
                chosen.Add(new ChosenOperation(head, names[i]));
        }
        _skipped.AddRange(operations.Skipped);
        return [.. chosen];
    }

    private string NothingToImport() => (_skipped, new OperationFilter(options).InUse) switch
    {
        ([], _) => "The document has no operation in 'paths'.",
        ([var first, ..], "") => $"No operation became a tool: {first.Method} {first.Path}: {first.Reason}.",
        (_, var inUse) => $"No operation matched. Relax {inUse}.",
    };

    // What the operation says itself counts.
    private static FixedValue[] WithQuery(ToolDraft draft, IReadOnlyList<FixedValue> query) =>
    [
        .. draft.Fixed,
        .. query.Where(value => !Array.Exists(draft.Bindings, binding => binding.Value.In == ArgumentLocation.Query && binding.Value.Name == value.Name)
            && !draft.Fixed.Any(own => own.In == ArgumentLocation.Query && own.Name == value.Name)),
    ];

    private ConnectorManifest Assemble(
        Node root, ISpecReader reader, ServerProjector servers, SecurityProjector securityProjector, SchemaCatalog catalog, OperationProjection projection)
    {
        foreach (var draft in projection.Drafts)
        {
            draft.Security = draft.Needs is { } required ? securityProjector.Project(required) : null;
            draft.Server = servers.Of(draft.Servers);
            if (servers.Query.Count > 0 && draft.Server is null)
                draft.Fixed = WithQuery(draft, servers.Query);
        }
        var definitions = catalog.Texts(new ChunkBuffer());
        var fingerprints = new SchemaFingerprints(definitions);
        projection.Complete(catalog.Definitions.Count, fingerprints);
        var tools = projection.Tools;
        Tools = projection.Imported;
        SizeWarnings.Add(Tools, options.Names, _findings);
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
