using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Reading;

/// <summary>Reads <c>content</c>: Media Type Objects by media type.</summary>
internal sealed class ContentReader(ReferenceFollower references, ImportFindings findings)
{
    private const string AnyType = "*/*";

    private readonly NamePool _names = new();

    internal IReadOnlyList<MediaType> Read(Node owner)
    {
        if (!JsonRead.TryGet(owner.Element, "content"u8, out var content))
            return [];
        var node = owner.Child("content", content);
        if (content.ValueKind != JsonValueKind.Object)
        {
            findings.Warn(
                ImportRules.WrongType,
                node,
                $"'content' must be an object, not {JsonRead.Kind(content)}; ignored."
            );
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
            var key = _names.Name(property);
            if (key.StartsWith("x-", StringComparison.Ordinal) && !key.Contains('/', StringComparison.Ordinal))
                continue;
            var place = node.Child(key, property.Value);
            if (Meant(key, place) is not { } name)
                continue;
            // In YAML, a media type that no one described is null.
            if (property.Value.ValueKind == JsonValueKind.Null)
                types.Add(new MediaType(name, default));
            else if (references.Follow(place, "A media type") is { } type)
                types.Add(new MediaType(name, type));
        }
        return types;
    }

    private string? Meant(string key, Node place)
    {
        if (MediaTypes.IsValid(key))
            return key;
        // Who leaves it open takes what every API takes.
        var isAny = key is "" or "*";
        findings.Warn(
            ImportRules.MediaTypeName,
            place,
            $"'{key}' is not a media type (RFC 9110 section 8.3.1); it is "
                + $"{(isAny ? $"read as '{AnyType}'" : "ignored")}."
        );
        return isAny ? AnyType : null;
    }
}
