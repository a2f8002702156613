using System.Text.Json;
using McpRuntime.OpenApi.Reading;
using McpRuntime.Validation;

namespace McpRuntime.OpenApi.Operations;

/// <summary>Reads <c>content</c>: Media Type Objects by media type.</summary>
internal static class ContentReader
{
    internal static IReadOnlyList<MediaType> Read(Node owner, ReferenceFollower references, ImportFindings findings)
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
            var name = JsonRead.Name(property);
            if (name.StartsWith("x-", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal))
                continue;
            if (!HttpSyntax.IsMediaType(name))
                findings.Warn("media-type-name", node.Child(name, property.Value), $"'{name}' is no media type (RFC 9110 section 8.3.1); it is passed over.");
            // In YAML, a media type that nobody described is null.
            else if (property.Value.ValueKind == JsonValueKind.Null)
                types.Add(new MediaType { Name = name });
            else if (references.Follow(node.Child(name, property.Value), "A media type") is { } type)
                types.Add(Read(name, type));
        }
        return types;
    }

    private static MediaType Read(string name, Node type) => new()
    {
        Name = name,
        Schema = Schema(type, "schema"),
        ItemSchema = type.Object("itemSchema"),
        Encoding = type.Object("encoding"),
        Example = JsonRead.TryGet(type.Element, "example"u8, out var example) ? example : default,
    };

    /// <summary>A schema is an object or, from 3.1 on, a boolean; anything else is left for the writer to report.</summary>
    internal static Node? Schema(Node owner, string name) =>
        owner.Element.TryGetProperty(name, out var schema) ? owner.Child(name, schema) : null;
}
