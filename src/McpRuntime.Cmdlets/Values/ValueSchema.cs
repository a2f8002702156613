using System.Text;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Cmdlets.Values;

/// <summary>
/// What a schema says about a value: through references, the parts of <c>allOf</c>, and the alternatives of
/// <c>anyOf</c> and <c>oneOf</c>.
/// </summary>
internal sealed class ValueSchema
{
    // A reference may lead back to where it is.
    private const int MaxParts = 64;

    private readonly SchemaRoot _root;
    private readonly JsonElement _schema;
    private readonly List<JsonElement> _parts = [];
    private SchemaChoices? _choices;

    private ValueSchema(SchemaRoot root, JsonElement schema)
    {
        _root = root;
        _schema = schema;
        Add(schema);
        Types = AdmittedTypes.Of(root, schema) ?? [];
    }

    /// <summary>Nothing is said.</summary>
    public static ValueSchema Any { get; } = new(default, default(JsonElement));

    /// <summary>The JSON types that it names; none where any will do.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <param name="root">A schema that holds what its references mean.</param>
    public static ValueSchema Of(JsonElement root) => new(new SchemaRoot(root), root);

    /// <summary>The values that it lists.</summary>
    public SchemaChoices Choices => _choices ??= SchemaChoices.Of(_root, _schema);

    /// <summary>The type is among those named, or none is.</summary>
    public bool Allows(string type) => Types.Count == 0 || Types.Contains(type);

    /// <summary>The type is named.</summary>
    public bool Names(string type) => Types.Contains(type);

    /// <summary>A number is meant, and no text.</summary>
    public bool IsNumeric => !Allows("string") && (Names("integer") || Names("number"));

    /// <summary>Text is meant, and no number.</summary>
    public bool IsText => Names("string") && !Names("integer") && !Names("number");

    public bool HasFormat(params ReadOnlySpan<string> formats)
    {
        foreach (var part in _parts)
        {
            if (SchemaRoot.Text(part, "format") is { } format && formats.Contains(format))
                return true;
        }
        return false;
    }

    /// <summary>Text is the base64 of bytes.</summary>
    public bool IsEncodedBytes =>
        HasFormat("byte", "binary")
        || _parts.Exists(part => SchemaRoot.Text(part, "contentEncoding") is "base64" or "base64url");

    /// <summary>
    /// The object that stands for a file: its content as <c>base64</c> or <c>text</c>, with <c>filename</c>.
    /// </summary>
    public bool IsFile =>
        _parts.Exists(part =>
            SchemaRoot.Member(part, "properties") is { ValueKind: JsonValueKind.Object } properties
            && properties.TryGetProperty("base64", out _)
            && properties.TryGetProperty("filename", out _)
        );

    /// <summary>
    /// Name of the shared schema that this one is, also next to null or as the only part of <c>allOf</c>; null where it
    /// is written in place.
    /// </summary>
    public string? DefinitionName => NameOf(_schema);

    /// <summary>The schema of a property; <see cref="Any"/> where nothing is said about it.</summary>
    public ValueSchema Property(string name)
    {
        foreach (var keyword in (ReadOnlySpan<string>)["properties", "additionalProperties"])
        {
            foreach (var part in _parts)
            {
                if (
                    SchemaRoot.Member(part, keyword) is { ValueKind: JsonValueKind.Object } found
                    && (keyword == "additionalProperties" || found.TryGetProperty(name, out found))
                )
                    return new ValueSchema(_root, found);
            }
        }
        return Any;
    }

    /// <summary>The properties that it names, each once, with the schema where it is named first.</summary>
    public IReadOnlyCollection<KeyValuePair<string, JsonElement>> Properties()
    {
        var properties = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var part in _parts)
        {
            if (SchemaRoot.Member(part, "properties") is not { ValueKind: JsonValueKind.Object } own)
                continue;
            foreach (var property in own.EnumerateObject())
                properties.TryAdd(property.Name, property.Value);
        }
        return properties;
    }

    /// <summary>
    /// The properties that every value must have; not those that one of several alternatives asks for.
    /// </summary>
    public IReadOnlySet<string> RequiredNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var left = SchemaRoot.MaxSchemas;
        AddRequired(_schema, names, ref left);
        return names;
    }

    /// <summary>The schema of a list's items.</summary>
    public ValueSchema Items()
    {
        foreach (var part in _parts)
        {
            if (SchemaRoot.Member(part, "items") is { ValueKind: JsonValueKind.Object } items)
                return new ValueSchema(_root, items);
        }
        return Any;
    }

    /// <summary>
    /// The text as <c>enum</c> and <c>const</c> spell it, where only the case differs; PowerShell compares choices
    /// without it.
    /// </summary>
    public string Spelled(string text)
    {
        string? other = null;
        foreach (var value in Choices.Values)
        {
            if (value.ValueKind != JsonValueKind.String)
                continue;
            var choice = value.GetString()!;
            if (choice == text)
                return text;
            if (!choice.Equals(text, StringComparison.OrdinalIgnoreCase))
                continue;
            if (other is not null)
                return text;
            other = choice;
        }
        return other ?? text;
    }

    /// <summary>The first of the schemas that say something about the value which has the keyword.</summary>
    public JsonElement? First(string keyword)
    {
        foreach (var part in _parts)
        {
            if (part.TryGetProperty(keyword, out var value))
                return value;
        }
        return null;
    }

    private static string? NameOf(JsonElement schema)
    {
        if (SchemaRoot.Text(schema, "$ref") is { } reference)
            return JsonPointer.Unescape(reference[(reference.LastIndexOf('/') + 1)..]);
        foreach (var keyword in (ReadOnlySpan<string>)["allOf", "anyOf", "oneOf"])
        {
            var parts = SchemaRoot.Members(schema, keyword).Where(part => SchemaRoot.Text(part, "type") != "null");
            if (parts.Take(2).ToArray() is [var only] && NameOf(only) is { } name)
                return name;
        }
        return null;
    }

    private void AddRequired(JsonElement schema, HashSet<string> names, ref int left)
    {
        if (left-- <= 0)
            return;
        foreach (var name in SchemaRoot.Members(schema, "required"))
        {
            if (name.ValueKind == JsonValueKind.String)
                names.Add(name.GetString()!);
        }
        if (_root.Target(schema) is { } target)
            AddRequired(target, names, ref left);
        foreach (var part in SchemaRoot.Members(schema, "allOf"))
            AddRequired(part, names, ref left);
    }

    private void Add(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || _parts.Count == MaxParts)
            return;
        _parts.Add(schema);
        if (_root.Target(schema) is { } target)
            Add(target);
        foreach (var keyword in (ReadOnlySpan<string>)["allOf", "anyOf", "oneOf"])
        {
            foreach (var member in SchemaRoot.Members(schema, keyword))
                Add(member);
        }
    }
}
