using System.Text.Json;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>A property of a <see cref="PlainObject"/>.</summary>
internal sealed record PlainProperty(string Name, Node Schema, bool IsRequired);

/// <summary>
/// A schema that says nothing more than which properties an object has, so that they can stand as arguments of their
/// own. An <c>allOf</c> of such schemas is one as well.
/// </summary>
internal sealed class PlainObject
{
    private const int MaxHops = 32;

    private readonly List<(string Name, Node Schema)> _properties = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _required = new(StringComparer.Ordinal);
    private readonly ReferenceResolver _resolver;
    private int _closed;
    private int _members;

    private PlainObject(ReferenceResolver resolver) => _resolver = resolver;

    /// <summary>The properties that an input has; null for a schema that says more, or has none.</summary>
    internal static IReadOnlyList<PlainProperty>? Read(Node schema, ReferenceResolver resolver, PropertyAccess access)
    {
        var reader = new PlainObject(resolver);
        if (!reader.Add(schema, MaxHops) || reader._properties.Count == 0 || (reader._closed > 0 && reader._members > 1))
            return null;
        // On its own, a property of another resource has lost what the dynamic references in it mean.
        if (reader._properties.Exists(property => property.Schema.Resource != schema.Resource) && resolver.DynamicResources.Any())
            return null;
        var properties = new List<PlainProperty>(reader._properties.Count);
        foreach (var (name, property) in reader._properties)
        {
            var isRequired = reader._required.Remove(name);
            if (!access.MayHide(property.Document) || (access.Of(property.Element, property.Resource) & HiddenIn.Input) == 0)
                properties.Add(new PlainProperty(name, property, isRequired));
        }
        // A required property that is not described could not be given.
        return properties.Count > 0 && reader._required.Count == 0 ? properties : null;
    }

    /// <summary>The schema itself, behind its references; null where they lead nowhere.</summary>
    internal static Node? Follow(Node schema, ReferenceResolver resolver)
    {
        for (var hops = 0; hops < MaxHops; hops++)
        {
            if (JsonRead.Text(schema.Element, "$ref"u8) is not { } reference
                || (!SchemaReference.IgnoresSiblings(schema.Document) && SchemaShape.Of(schema.Element).Count > 1))
                return schema;
            if (resolver.Resolve(schema.Resource, reference).Target is not { } target)
                return null;
            schema = target.Node;
        }
        return null;
    }

    private bool Add(Node start, int hops)
    {
        if (hops == 0 || Follow(start, _resolver) is not { } schema || schema.Element.ValueKind != JsonValueKind.Object)
            return false;
        _members++;
        foreach (var member in schema.Element.EnumerateObject())
        {
            var isPlain = SchemaKeywords.Of(member) switch
            {
                SchemaKeyword.None or SchemaKeyword.Title or SchemaKeyword.Description or SchemaKeyword.Example or SchemaKeyword.XExample
                    or SchemaKeyword.Examples or SchemaKeyword.Deprecated or SchemaKeyword.WriteOnly => true,
                SchemaKeyword.Type => IsObject(member.Value),
                SchemaKeyword.Nullable or SchemaKeyword.XNullable => member.Value.ValueKind != JsonValueKind.True,
                SchemaKeyword.Properties => AddProperties(schema, member),
                SchemaKeyword.Required => AddRequired(member.Value),
                SchemaKeyword.AllOf => AddMembers(schema, member.Value, hops),
                // Further properties would have no argument. Where the schema is silent about them, nobody asks for any.
                SchemaKeyword.AdditionalProperties => Close(member.Value),
                SchemaKeyword.UnevaluatedProperties => member.Value.ValueKind == JsonValueKind.False,
                _ => false,
            };
            if (!isPlain)
                return false;
        }
        return true;
    }

    private static bool IsObject(JsonElement type) =>
        type.ValueKind == JsonValueKind.String ? type.ValueEquals("object"u8)
        : type.ValueKind == JsonValueKind.Array && type.GetArrayLength() == 1 && IsObject(type[0]);

    private bool Close(JsonElement value)
    {
        _closed++;
        return value.ValueKind == JsonValueKind.False;
    }

    private bool AddProperties(Node schema, JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
            return false;
        var place = schema.Child("properties", member.Value);
        foreach (var property in member.Value.EnumerateObject())
        {
            var name = JsonRead.Name(property);
            if (string.IsNullOrWhiteSpace(name))
                return false;
            if (_names.TryAdd(name, _properties.Count))
                _properties.Add((name, place.Child(name, property.Value)));
            // Both members hold; only where they say the same is that one schema.
            else if (!JsonElement.DeepEquals(_properties[_names[name]].Schema.Element, property.Value))
                return false;
        }
        return true;
    }

    private bool AddRequired(JsonElement names)
    {
        if (names.ValueKind != JsonValueKind.Array)
            return names.ValueKind is JsonValueKind.True or JsonValueKind.False;
        foreach (var item in names.EnumerateArray())
        {
            if (JsonRead.Text(item) is { } name)
                _required.Add(name);
        }
        return true;
    }

    private bool AddMembers(Node schema, JsonElement members, int hops)
    {
        if (members.ValueKind != JsonValueKind.Array)
            return false;
        var place = schema.Child("allOf", members);
        var index = 0;
        foreach (var member in members.EnumerateArray())
        {
            if (!Add(place.Child(index++, member), hops - 1))
                return false;
        }
        return true;
    }
}
