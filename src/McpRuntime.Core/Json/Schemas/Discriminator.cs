using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>
/// OpenAPI's <c>discriminator</c> with a <c>mapping</c> (OpenAPI 3.2 section 4.25): the property whose value says which
/// of several schemas was meant.
/// </summary>
internal sealed class Discriminator
{
    private readonly SchemaNode _owner;
    private readonly string _property;
    private readonly Dictionary<string, string> _references;

    private Discriminator(SchemaNode owner, string property, Dictionary<string, string> references)
    {
        _owner = owner;
        _property = property;
        _references = references;
    }

    /// <summary>The discriminator of a schema; null where it has none or none that maps.</summary>
    public static Discriminator? Of(SchemaNode owner)
    {
        if (
            !owner.Element.TryGetProperty("discriminator"u8, out var value)
            || value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("propertyName"u8, out var property)
            || property.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("mapping"u8, out var mapping)
            || mapping.ValueKind != JsonValueKind.Object
        )
            return null;
        var references = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in mapping.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.String)
                references[entry.Name] = entry.Value.GetString()!;
        }

        return references.Count > 0 ? new Discriminator(owner, property.GetString()!, references) : null;
    }

    /// <summary>The schema that a value names; null where it names none, or one that is not there.</summary>
    public SchemaNode? SchemaFor(JsonElement instance) =>
        instance.ValueKind == JsonValueKind.Object
        && instance.TryGetProperty(_property, out var value)
        && value.ValueKind == JsonValueKind.String
        && _references.TryGetValue(value.GetString()!, out var reference)
            ? _owner.Resource.Document.Registry.Resolve(_owner.Resource, reference)?.Node
            : null;
}
