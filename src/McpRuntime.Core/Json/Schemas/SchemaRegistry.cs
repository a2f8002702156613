using System.Collections.Concurrent;
using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>
/// The resources that one compiled schema can refer to: its own, the ones that were handed over and the 2020-12
/// meta-schema. There is no way from here to a network or a file.
/// </summary>
/// <param name="external">Further documents by absolute URI without fragment; read when something refers to
/// them.</param>
/// <param name="compile">Makes the keywords of a schema.</param>
internal sealed class SchemaRegistry(
    IReadOnlyDictionary<string, JsonElement>? external,
    Func<SchemaNode, Keyword[]> compile
)
{
    private readonly ConcurrentDictionary<string, SchemaResource> _resources = new(1, 4);

    public Keyword[] Compile(SchemaNode node) => compile(node);

    /// <summary>Adds the schema that is to be compiled.</summary>
    public SchemaNode AddRoot(JsonElement root) => new SchemaDocument(this, root, uri: null).Root;

    public void Add(SchemaResource resource)
    {
        if (resource.Uri is not null)
            _resources.TryAdd(KeyOf(resource.Uri), resource);
    }

    /// <summary>
    /// The target of a reference and, where its fragment is a <c>$dynamicAnchor</c> of the target's resource, that
    /// anchor's name; null when the reference leads nowhere.
    /// </summary>
    /// <param name="from">The resource that holds the reference.</param>
    /// <param name="reference">The URI reference.</param>
    public (SchemaNode Node, string? DynamicAnchor)? Resolve(SchemaResource from, string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var resource = hash == 0 ? from : FindResource(from, hash < 0 ? reference : reference[..hash]);
        if (resource is null)
            return null;

        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        if (fragment.Length == 0 || fragment[0] == '/')
            return resource.Document.Find(resource, fragment) is { } node ? (node, null) : null;
        if (!resource.Anchors.TryGetValue(fragment, out var pointer))
            return null;
        return (NodeAt(resource, pointer), resource.DynamicAnchors.ContainsKey(fragment) ? fragment : null);
    }

    /// <summary>The node of an anchor's pointer, which counts from the root of the document.</summary>
    public static SchemaNode NodeAt(SchemaResource resource, string pointer) =>
        resource.Document.Find(resource, pointer[resource.Pointer.Length..])!;

    /// <summary>What a dialect asks for; one that is not known here counts as 2020-12.</summary>
    public SchemaVocabularies VocabulariesOf(string dialect)
    {
        if (
            external is null
            || !external.TryGetValue(dialect.TrimEnd('#'), out var metaSchema)
            || metaSchema.ValueKind != JsonValueKind.Object
            || !metaSchema.TryGetProperty("$vocabulary"u8, out var vocabulary)
            || vocabulary.ValueKind != JsonValueKind.Object
        )
            return SchemaVocabularies.All;
        return Flag("applicator", SchemaVocabularies.Applicator)
            | Flag("unevaluated", SchemaVocabularies.Unevaluated)
            | Flag("validation", SchemaVocabularies.Validation);

        SchemaVocabularies Flag(string name, SchemaVocabularies flag) =>
            vocabulary.TryGetProperty($"https://json-schema.org/draft/2020-12/vocab/{name}", out _)
                ? flag
                : SchemaVocabularies.None;
    }

    /// <summary>Resolves a URI reference; null when that gives no absolute URI. The fragment is left out.</summary>
    public static Uri? Combine(Uri? baseUri, string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0)
            reference = reference[..hash];
        // On Unix a rooted path would pass for an absolute file URI.
        if (baseUri is not null && Uri.TryCreate(baseUri, reference, out var combined))
            return combined;
        return Uri.TryCreate(reference, UriKind.Absolute, out var uri) && !reference.StartsWith('/') ? uri : null;
    }

    private static string KeyOf(Uri uri) => uri.IsAbsoluteUri ? uri.AbsoluteUri : uri.OriginalString;

    private SchemaResource? FindResource(SchemaResource from, string reference)
    {
        if (Combine(from.Uri, reference) is not { } uri)
            return null;
        var key = KeyOf(uri);
        if (_resources.TryGetValue(key, out var resource))
            return resource;
        if (external?.TryGetValue(key, out var element) != true && !MetaSchema.TryGet(key, out element))
            return null;
        resource = new SchemaDocument(this, element, uri).Resource;
        // Its own $id may differ from the URI that it was found under.
        _resources.TryAdd(key, resource);
        return resource;
    }
}
