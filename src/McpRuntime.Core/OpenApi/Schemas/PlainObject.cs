using System.Text.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>A property of a <see cref="PlainObject"/>.</summary>
internal sealed record PlainProperty(string Name, Node Schema, bool IsRequired);

/// <summary>
/// Reads schemas that say nothing more than which properties an object has, so that they can be arguments of
/// their own. An <c>allOf</c> of such schemas is one as well. What one schema took is used again for the next.
/// </summary>
internal sealed class PlainObject(ReferenceResolver resolver, PropertyAccess access)
{
    private const int MaxHops = 32;

    private readonly List<(string Name, Node Schema)> _properties = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _required = new(StringComparer.Ordinal);
    private readonly List<PlainProperty> _plain = [];
    private readonly NamePool _pool = new();

    private readonly List<string> _repairs = [];
    private int _members;
    private bool _hasDiscriminator;

    /// <summary>What was repaired in the last schema that was read, for findings.</summary>
    internal IReadOnlyList<string> Repairs => _repairs;
    private bool _isClosed;

    /// <summary>
    /// The properties that an input has, until the next schema is read; null for a schema that says more, or has none.
    /// </summary>
    internal List<PlainProperty>? Read(Node schema)
    {
        Clear();
        if (!Add(schema, MaxHops) || _properties.Count == 0)
            return null;
        // On its own, a property of another resource has lost what the dynamic references in it mean.
        if (HasOther(schema.Resource) && resolver.DynamicResources.Any())
            return null;
        foreach (var (name, property) in _properties)
        {
            var isRequired = _required.Remove(name);
            if (
                !access.MayHide(property.Document)
                || (access.Of(property.Element, property.Resource) & HiddenIn.Input) == 0
            )
                _plain.Add(new PlainProperty(name, property, isRequired));
        }
        var repair =
            _isClosed && _members > 1 && Follow(schema, resolver) is { } whole
                ? ClosedComposition.Of(whole.Element, whole.Resource, resolver, () => whole.Pointer)?.Message
                : null;
        // Which of several schemas applies is told at the body. Of an heir it is clear.
        if (_hasDiscriminator && repair is null)
            return null;
        if (_isClosed)
        {
            foreach (var name in _required.Order(StringComparer.Ordinal))
                _repairs.Add(SchemaWriter.UnknownRequired(name));
            _required.Clear();
            if (repair is not null)
                _repairs.Add(repair);
        }
        // A required property that is not described could not be given.
        return _plain.Count > 0 && _required.Count == 0 ? _plain : null;
    }

    /// <summary>The schema itself, behind its references; null where they lead nowhere.</summary>
    internal static Node? Follow(Node schema, ReferenceResolver resolver)
    {
        for (var hops = 0; hops < MaxHops; hops++)
        {
            if (
                JsonRead.Text(schema.Element, "$ref"u8) is not { } reference
                || (!SchemaReference.IgnoresSiblings(schema.Document) && SchemaShape.Of(schema.Element).Count > 1)
            )
                return schema;
            if (resolver.Resolve(schema.Resource, reference).Target is not { } target)
                return null;
            schema = target.Node;
        }
        return null;
    }

    private bool HasOther(SpecResource resource)
    {
        foreach (var (_, property) in _properties)
        {
            if (property.Resource != resource)
                return true;
        }
        return false;
    }

    private void Clear()
    {
        _properties.Clear();
        _names.Clear();
        _required.Clear();
        _plain.Clear();
        _repairs.Clear();
        (_isClosed, _members, _hasDiscriminator) = (false, 0, false);
    }

    private bool Add(Node start, int hops)
    {
        if (hops == 0 || Follow(start, resolver) is not { } schema || schema.Element.ValueKind != JsonValueKind.Object)
            return false;
        _members++;
        foreach (var member in schema.Element.EnumerateObject())
        {
            var isPlain = SchemaKeywords.Of(member) switch
            {
                SchemaKeyword.None
                or SchemaKeyword.Title
                or SchemaKeyword.Description
                or SchemaKeyword.Example
                or SchemaKeyword.XExample
                or SchemaKeyword.Examples
                or SchemaKeyword.Deprecated
                or SchemaKeyword.WriteOnly => true,
                SchemaKeyword.Type => IsObject(member.Value),
                SchemaKeyword.Nullable or SchemaKeyword.XNullable => member.Value.ValueKind != JsonValueKind.True,
                SchemaKeyword.Properties => AddProperties(schema, member),
                SchemaKeyword.Required => AddRequired(member.Value),
                SchemaKeyword.AllOf => AddMembers(schema, member.Value, hops),
                // Further properties would have no argument. Where the schema is silent about them, no one asks for
                // any.
                SchemaKeyword.AdditionalProperties => Close(member.Value),
                SchemaKeyword.UnevaluatedProperties => Close(member.Value),
                SchemaKeyword.Discriminator => _hasDiscriminator = true,
                _ => false,
            };
            if (!isPlain)
                return false;
        }
        return true;
    }

    private bool IsObject(JsonElement type)
    {
        if (IsExactlyObject(type))
            return true;
        if (type.ValueKind == JsonValueKind.Null)
            _repairs.Add(SchemaRepair.NullTypeMessage);
        else if (TypeWords.TryRead(type, out var meaning) && meaning.Types == JsonTypes.Object)
            _repairs.Add(SchemaRepair.WordMessage(type, meaning.Types));
        else
            return false;
        return true;
    }

    private static bool IsExactlyObject(JsonElement type) =>
        type.ValueKind == JsonValueKind.String
            ? type.ValueEquals("object"u8)
            : type.ValueKind == JsonValueKind.Array && type.GetArrayLength() == 1 && IsExactlyObject(type[0]);

    private bool Close(JsonElement value)
    {
        _isClosed = ClosedComposition.Forbids(value);
        return _isClosed;
    }

    private bool AddProperties(Node schema, JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
            return false;
        var place = schema.Child("properties", member.Value);
        foreach (var property in member.Value.EnumerateObject())
        {
            var name = _pool.Name(property);
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
