using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Operations;
using McpRuntime.OpenApi.Projection;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi;

/// <summary>Makes tools of the chosen operations.</summary>
internal sealed class OperationProjection : IDisposable
{
    private readonly ISpecReader _reader;
    private readonly ToolProjector _projector;
    private readonly SchemaWriter _schemas;
    private ToolDraft[] _drafts = [];

    internal OperationProjection(SpecDocument document, ReferenceResolver resolver, SchemaCatalog catalog, SecurityProjector security)
    {
        var access = new PropertyAccess(resolver);
        _reader = ReaderOf(document, new ReferenceFollower(resolver, Findings), Findings);
        _schemas = new SchemaWriter(catalog, access, Findings);
        _projector = new ToolProjector(resolver, _schemas, new BodyProjector(resolver, access, Findings), security, _reader.Security, Findings);
    }

    /// <summary>What was found, in the order of its operations.</summary>
    internal ImportFindings Findings { get; } = ImportFindings.OfPart();

    /// <summary>In the order of its operations.</summary>
    internal IReadOnlyList<ToolDraft> Drafts => _drafts;

    /// <summary>The tools, once <see cref="Complete"/> has run.</summary>
    internal List<ToolManifest> Tools { get; } = [];

    /// <summary>One for each of <see cref="Tools"/>.</summary>
    internal List<ImportedTool> Imported { get; } = [];

    internal static ISpecReader ReaderOf(SpecDocument document, ReferenceFollower references, ImportFindings findings) =>
        document.Line == SpecLine.V20
            ? new Swagger2Reader(document, references, findings)
            : new OpenApi3Reader(document, references, findings);

    internal void Project(ChosenOperation[] operations)
    {
        _drafts = new ToolDraft[operations.Length];
        for (var i = 0; i < operations.Length; i++)
            _drafts[i] = _projector.Project(_reader.Read(operations[i].Head), operations[i].Name);
    }

    /// <summary>Finishes the tools, now that shared schemas have names.</summary>
    /// <param name="schemas">How many shared schemas there are.</param>
    /// <param name="fingerprints">Makes the fingerprints of input schemas.</param>
    internal void Complete(int schemas, SchemaFingerprints fingerprints)
    {
        Tools.EnsureCapacity(_drafts.Length);
        Imported.EnsureCapacity(_drafts.Length);
        var texts = new ChunkBuffer();
        var tokens = new TokenEstimate(schemas);
        foreach (var draft in _drafts)
        {
            var tool = draft.Complete(texts, fingerprints);
            Tools.Add(tool);
            Imported.Add(new ImportedTool(tool.Name, tool.Endpoint, draft.OperationId, tokens.Of(tool, draft)));
        }
    }

    public void Dispose() => _schemas.Dispose();
}

/// <summary>An operation that becomes a tool, and the tool's name.</summary>
internal readonly record struct ChosenOperation(OperationHead Head, string Name);
