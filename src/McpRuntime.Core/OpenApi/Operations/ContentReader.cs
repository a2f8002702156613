using System.Text.Json;
using McpRuntime.OpenApi.Reading;
using McpRuntime.Validation;

namespace McpRuntime.OpenApi.Operations;

/// <summary>Reads <c>content</c>: Media Type Objects by media type.</summary>
internal sealed class ContentReader(ReferenceFollower references, ImportFindings findings)
{
    private readonly NamePool _names = new();

    internal IReadOnlyList<MediaType> Read(Node owner)
    {
        if (!JsonRead.TryGet(owner.Element, "content"u8, out var content))
            return [];
        var node = owner.Child("content", content);
        if (content.ValueKind != JsonValueKind.Object)
        {
            findings.Warn("wrong-type", node, $"'content' is an object, and this is {JsonRead.Kind(content)}; it is passed over.");
            return [];
        }
        // Authors of many files also refer to whole maps, and what they mean is plain.
        if (content.TryGetProperty("$ref"u8, out var reference) && reference.ValueKind == JsonValueKind.String)
        {
            if (references.Follow(node, "A map of media types") is not { } map)
                return [];
            node = map;
        }
        var types = new List<MediaType>(node.Element.GetPropertyCount());
        foreach (var property in node.Element.EnumerateObject())
        {
            var name = _names.Name(property);
            if (name.StartsWith("x-", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal))
                continue;
            if (!HttpSyntax.IsMediaType(name))
                findings.Warn("media-type-name", node.Child(name, property.Value), $"'{name}' is no media type (RFC 9110 section 8.3.1); it is passed over.");
            // In YAML, a media type that nobody described is null.
            else if (property.Value.ValueKind == JsonValueKind.Null)
                types.Add(new MediaType(name, default));
            else if (references.Follow(node.Child(name, property.Value), "A media type") is { } type)
                types.Add(new MediaType(name, type));
        }
        return types;
    }
}
