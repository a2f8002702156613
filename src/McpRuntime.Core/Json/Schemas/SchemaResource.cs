using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>
/// A schema resource (JSON Schema core, section 4.3.5): a document's root, or a part of it with an <c>$id</c>.
/// </summary>
/// <param name="Document">The document that holds it.</param>
/// <param name="Uri">Absolute URI without fragment; null for a root without <c>$id</c>.</param>
/// <param name="Root">The resource's root schema.</param>
/// <param name="Pointer">JSON pointer of the root within the document.</param>
/// <param name="Vocabularies">The vocabularies of its <c>$schema</c>.</param>
internal sealed record SchemaResource(
    SchemaDocument Document,
    Uri? Uri,
    JsonElement Root,
    string Pointer,
    SchemaVocabularies Vocabularies
)
{
    private ResourceScope? _outermostScope;

    /// <summary>The dynamic scope of an evaluation that starts here; one for all of them.</summary>
    public ResourceScope OutermostScope => _outermostScope ??= new ResourceScope(this, Outer: null);

    /// <summary>Pointers within the document by <c>$anchor</c> and <c>$dynamicAnchor</c>.</summary>
    public Dictionary<string, string> Anchors { get; } = [];

    /// <summary>Pointers within the document by <c>$dynamicAnchor</c>.</summary>
    public Dictionary<string, string> DynamicAnchors { get; } = [];

    public bool Equals(SchemaResource? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>The vocabularies that change an evaluation (JSON Schema core, section 8.1.2).</summary>
[Flags]
internal enum SchemaVocabularies
{
    None = 0,
    Applicator = 1,
    Unevaluated = 2,
    Validation = 4,
    All = Applicator | Unevaluated | Validation,
}
