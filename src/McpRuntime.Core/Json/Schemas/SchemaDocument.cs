using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>
/// One JSON document of schemas: its resources, and its nodes as far as something has asked for them.
/// </summary>
internal sealed class SchemaDocument
{
    /// <summary>Members of an object beyond which a table pays; JsonElement looks at one after the other.</summary>
    private const int SearchEachUpTo = 16;

    private readonly ConcurrentDictionary<string, SchemaNode> _nodes = new(1, 16);
    private readonly ConcurrentDictionary<string, Dictionary<string, JsonElement>> _members = new(1, 1);
    private readonly Dictionary<string, SchemaResource> _resources;

    /// <param name="registry">Receives the resources.</param>
    /// <param name="root">The document.</param>
    /// <param name="uri">Where the document counts as retrieved from; null for the schema that is compiled.</param>
    public SchemaDocument(SchemaRegistry registry, JsonElement root, Uri? uri)
    {
        Registry = registry;
        RetrievalUri = uri;
        (_resources, Resource) = ResourceIndexer.Index(this, root);
    }

    public SchemaRegistry Registry { get; }

    public Uri? RetrievalUri { get; }

    /// <summary>The resource of the document's root.</summary>
    public SchemaResource Resource { get; }

    public SchemaNode Root => Node(Resource.Root, "", Resource);

    /// <summary>The node of a schema; the same one for the same place.</summary>
    /// <param name="element">The schema.</param>
    /// <param name="pointer">Its place in the document.</param>
    /// <param name="resource">The resource around it.</param>
    public SchemaNode Node(JsonElement element, string pointer, SchemaResource resource)
    {
        if (_nodes.TryGetValue(pointer, out var node))
            return node;
        return _nodes.GetOrAdd(
            pointer,
            new SchemaNode(_resources.GetValueOrDefault(pointer, resource), element, pointer)
        );
    }

    /// <summary>The schema at a pointer below a resource's root; null when nothing or no schema is there.</summary>
    public SchemaNode? Find(SchemaResource resource, string pointer)
    {
        var element = resource.Root;
        var place = resource.Pointer;
        foreach (var token in JsonPointer.Tokens(pointer))
        {
            if (!TryStep(ref element, place, token))
                return null;
            place = JsonPointer.Append(place, token);
            // A pointer may lead into an embedded resource; references there start from that one's URI.
            resource = _resources.GetValueOrDefault(place, resource);
        }

        return element.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False
            ? Node(element, place, resource)
            : null;
    }

    private bool TryStep(ref JsonElement element, string place, string token)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return element.GetPropertyCount() <= SearchEachUpTo
                ? element.TryGetProperty(token, out element)
                : _members.GetOrAdd(place, Members, element).TryGetValue(token, out element);
        }

        if (
            element.ValueKind != JsonValueKind.Array
            || !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || index >= element.GetArrayLength()
        )
            return false;
        element = element[index];
        return true;
    }

    private static Dictionary<string, JsonElement> Members(string place, JsonElement element)
    {
        var members = new Dictionary<string, JsonElement>(element.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
            members[member.Name] = member.Value;
        return members;
    }
}
