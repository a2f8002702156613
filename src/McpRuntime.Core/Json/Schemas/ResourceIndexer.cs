using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>Finds the <c>$id</c>, <c>$anchor</c> and <c>$dynamicAnchor</c> of a document, in schemas only.</summary>
internal sealed class ResourceIndexer
{
    private readonly SchemaDocument _document;
    private readonly Dictionary<string, SchemaResource> _resources = [];

    private ResourceIndexer(SchemaDocument document) => _document = document;

    /// <summary>The resources by the pointer of their root, and the one of the document's root.</summary>
    public static (Dictionary<string, SchemaResource> Resources, SchemaResource Root) Index(
        SchemaDocument document,
        JsonElement root
    )
    {
        var indexer = new ResourceIndexer(document);
        var resource = indexer.AddResource(root, "", document.RetrievalUri, SchemaVocabularies.All);
        if (MayHoldNames(JsonMarshal.GetRawUtf8Value(root)))
            indexer.Visit(root, "", resource);
        return (indexer._resources, resource);
    }

    /// <summary>Hardly a schema has its own names; the rest needs no walk. An escape may hide a keyword.</summary>
    private static bool MayHoldNames(ReadOnlySpan<byte> text) =>
        text.IndexOf("\"$id\""u8) >= 0 || text.IndexOf("nchor\""u8) >= 0 || text.IndexOf("\\u00"u8) >= 0;

    private SchemaResource AddResource(JsonElement root, string pointer, Uri? uri, SchemaVocabularies inherited)
    {
        var vocabularies = inherited;
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (root.TryGetProperty("$id"u8, out var id) && id.ValueKind == JsonValueKind.String)
                uri = SchemaRegistry.Combine(uri, id.GetString()!) ?? uri;
            if (root.TryGetProperty("$schema"u8, out var dialect) && dialect.ValueKind == JsonValueKind.String)
                vocabularies = _document.Registry.VocabulariesOf(dialect.GetString()!);
        }

        var resource = new SchemaResource(_document, uri, root, pointer, vocabularies);
        _resources[pointer] = resource;
        _document.Registry.Add(resource);
        return resource;
    }

    private void Visit(JsonElement schema, string pointer, SchemaResource resource)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (pointer.Length > 0 && schema.TryGetProperty("$id"u8, out var id) && id.ValueKind == JsonValueKind.String)
            resource = AddResource(schema, pointer, resource.Uri, resource.Vocabularies);

        foreach (var member in schema.EnumerateObject())
        {
            if (member.NameEquals("$anchor"u8) && member.Value.ValueKind == JsonValueKind.String)
            {
                resource.Anchors[member.Value.GetString()!] = pointer;
            }
            else if (member.NameEquals("$dynamicAnchor"u8) && member.Value.ValueKind == JsonValueKind.String)
            {
                resource.Anchors[member.Value.GetString()!] = pointer;
                resource.DynamicAnchors[member.Value.GetString()!] = pointer;
            }
            else
            {
                VisitValue(member.Value, JsonPointer.Append(pointer, member.Name), resource, ContextOf(member));
            }
        }
    }

    private static SchemaContext ContextOf(JsonProperty member)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(member);
        return SubschemaKeywords.ContextOf(name.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(member.Name) : name);
    }

    private void VisitValue(JsonElement value, string pointer, SchemaResource resource, SchemaContext context)
    {
        if (context == SchemaContext.Schema && value.ValueKind == JsonValueKind.Object)
        {
            Visit(value, pointer, resource);
        }
        else if (context == SchemaContext.Schema && value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
                Visit(item, JsonPointer.Append(pointer, index++), resource);
        }
        else if (context == SchemaContext.SchemaMap && value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
                Visit(member.Value, JsonPointer.Append(pointer, member.Name), resource);
        }
    }
}
