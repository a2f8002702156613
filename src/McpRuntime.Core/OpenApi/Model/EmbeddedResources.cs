using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.OpenApi.Model;

/// <summary>
/// The schemas of one document that name themselves: <c>$id</c>, <c>$anchor</c> and <c>$dynamicAnchor</c>
/// (JSON Schema 2020-12 sections 8.2.1 and 8.2.2).
/// </summary>
internal sealed class EmbeddedResources
{
    private readonly Dictionary<string, SpecResource> _byPointer = new(StringComparer.Ordinal);
    private readonly Dictionary<(SpecResource Resource, string Name), ReferenceTarget> _anchors = [];

    private readonly Dictionary<SpecResource, List<KeyValuePair<string, ReferenceTarget>>> _dynamic = [];

    /// <summary>A schema has a <c>$dynamicAnchor</c>.</summary>
    internal bool HasDynamicAnchors => _dynamic.Count > 0;

    /// <summary>The resources that have a <c>$dynamicAnchor</c>.</summary>
    internal IEnumerable<SpecResource> DynamicResources => _dynamic.Keys;

    /// <summary>Every resource with an absolute URI.</summary>
    internal IEnumerable<SpecResource> Resources => _byPointer.Values;

    /// <summary>
    /// Reads a document's self-named schemas; null where it has none, which a search of the text tells.
    /// </summary>
    internal static EmbeddedResources? Read(SpecDocument document)
    {
        if (!MayName(document.Root))
            return null;
        var embedded = new EmbeddedResources();
        embedded.Visit(document.Resource, document.Root, "");
        return embedded;
    }

    /// <summary>The resource that begins at a document pointer; null where none does.</summary>
    internal SpecResource? At(string pointer) => _byPointer.GetValueOrDefault(pointer);

    /// <summary>The dynamic anchors of a resource.</summary>
    internal IReadOnlyList<KeyValuePair<string, ReferenceTarget>> DynamicAnchors(SpecResource resource) =>
        _dynamic.TryGetValue(resource, out var anchors) ? anchors : [];

    internal ReferenceTarget? Anchor(SpecResource resource, string name) =>
        _anchors.GetValueOrDefault((resource, name));

    // One search, because it reads the whole text: `"$ref"` is the only one of these keywords that is common.
    private static bool MayName(JsonElement element)
    {
        var text = JsonMarshal.GetRawUtf8Value(element);
        for (var found = text.IndexOf("\"$"u8); found >= 0; found = text.IndexOf("\"$"u8))
        {
            text = text[(found + 1)..];
            if (text.StartsWith("$id\""u8) || text.StartsWith("$anchor\""u8) || text.StartsWith("$dynamicAnchor\""u8))
                return true;
        }
        return false;
    }

    private void Visit(SpecResource resource, JsonElement element, string pointer)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                if (MayName(item))
                    Visit(resource, item, JsonPointer.Append(pointer, index));
                index++;
            }
            return;
        }
        if (element.ValueKind != JsonValueKind.Object)
            return;
        resource = Enter(resource, element, pointer);
        foreach (var property in element.EnumerateObject())
        {
            // Data is not searched for schemas.
            if (
                property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
                || property.NameEquals("example"u8)
                || property.NameEquals("examples"u8)
                || property.NameEquals("enum"u8)
                || property.NameEquals("const"u8)
                || property.NameEquals("default"u8)
                || !MayName(property.Value)
            )
                continue;
            Visit(resource, property.Value, JsonPointer.Append(pointer, JsonRead.Name(property)));
        }
    }

    private SpecResource Enter(SpecResource resource, JsonElement element, string pointer)
    {
        if (JsonRead.Text(element, "$id"u8) is { Length: > 0 } id)
        {
            if (id[0] == '#')
                AddAnchor(resource, id[1..], element, pointer);
            else if (Resolve(resource.BaseUri, id) is { } uri)
                _byPointer[pointer] = resource = new SpecResource(resource.Document, uri, element, pointer);
        }
        if (JsonRead.Text(element, "$anchor"u8) is { } anchor)
            AddAnchor(resource, anchor, element, pointer);
        if (JsonRead.Text(element, "$dynamicAnchor"u8) is { } dynamic)
        {
            AddAnchor(resource, dynamic, element, pointer);
            if (!_dynamic.TryGetValue(resource, out var anchors))
                _dynamic.Add(resource, anchors = []);
            anchors.Add(new(dynamic, new ReferenceTarget(resource, element, pointer)));
        }
        return resource;
    }

    private void AddAnchor(SpecResource resource, string name, JsonElement element, string pointer) =>
        _anchors.TryAdd((resource, name), new ReferenceTarget(resource, element, pointer));

    private static Uri? Resolve(Uri? baseUri, string id) =>
        Uri.TryCreate(id, UriKind.Absolute, out var absolute) ? absolute
        : baseUri is not null && Uri.TryCreate(baseUri, id, out var relative) ? relative
        : null;
}
