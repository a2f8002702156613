using System.Text;
using System.Text.Json;

namespace McpRuntime.Cmdlets.Values;

/// <summary>What a schema says about a value: through references, the parts of <c>allOf</c>, and the alternatives of <c>anyOf</c> and <c>oneOf</c>.</summary>
internal sealed class ValueSchema
{
    // A reference may lead back to where it stands.
    private const int MaxParts = 64;

    private readonly JsonElement _root;
    private readonly List<JsonElement> _parts = [];

    private ValueSchema(JsonElement root, JsonElement schema)
    {
        _root = root;
        Add(schema);
        Types = [.. _parts.SelectMany(TypesOf).Distinct()];
    }

    /// <summary>Nothing is said.</summary>
    public static ValueSchema Any { get; } = new(default, default);

    /// <summary>The JSON types that it names; none where any will do.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <param name="root">A schema that holds what its references mean.</param>
    public static ValueSchema Of(JsonElement root) => new(root, root);

    /// <summary>The type is among those named, or none is.</summary>
    public bool Allows(string type) => Types.Count == 0 || Types.Contains(type);

    /// <summary>The type is named.</summary>
    public bool Names(string type) => Types.Contains(type);

    /// <summary>A number is meant, and no text.</summary>
    public bool IsNumeric => !Allows("string") && (Names("integer") || Names("number"));

    public bool HasFormat(params ReadOnlySpan<string> formats)
    {
        foreach (var part in _parts)
        {
            if (Text(part, "format") is { } format && formats.Contains(format))
                return true;
        }
        return false;
    }

    /// <summary>Text is the base64 of bytes.</summary>
    public bool IsEncodedBytes => HasFormat("byte", "binary") || _parts.Exists(part => Text(part, "contentEncoding") is "base64" or "base64url");

    /// <summary>The object that stands for a file: its content as <c>base64</c> or <c>text</c>, with <c>filename</c>.</summary>
    public bool IsFile => _parts.Exists(part => Member(part, "properties") is { ValueKind: JsonValueKind.Object } properties
        && properties.TryGetProperty("base64", out _) && properties.TryGetProperty("filename", out _));

    /// <summary>The schema of a property; <see cref="Any"/> where nothing is said about it.</summary>
    public ValueSchema Property(string name)
    {
        foreach (var keyword in (ReadOnlySpan<string>)["properties", "additionalProperties"])
        {
            foreach (var part in _parts)
            {
                if (Member(part, keyword) is { ValueKind: JsonValueKind.Object } found
                    && (keyword == "additionalProperties" || found.TryGetProperty(name, out found)))
                    return new ValueSchema(_root, found);
            }
        }
        return Any;
    }

    /// <summary>Names of the properties, each once.</summary>
    public IEnumerable<string> PropertyNames() => _parts
        .Select(part => Member(part, "properties")).Where(properties => properties.ValueKind == JsonValueKind.Object)
        .SelectMany(properties => properties.EnumerateObject().Select(property => property.Name)).Distinct();

    /// <summary>The schema of a list's items.</summary>
    public ValueSchema Items()
    {
        foreach (var part in _parts)
        {
            if (Member(part, "items") is { ValueKind: JsonValueKind.Object } items)
                return new ValueSchema(_root, items);
        }
        return Any;
    }

    /// <summary>The text as <c>enum</c> and <c>const</c> spell it, where only the case differs; PowerShell compares choices without it.</summary>
    public string Spelled(string text)
    {
        string? other = null;
        foreach (var choice in Choices())
        {
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

    /// <summary>The strings of <c>enum</c> and <c>const</c>.</summary>
    public IEnumerable<string> Choices()
    {
        foreach (var part in _parts)
        {
            if (Member(part, "enum") is { ValueKind: JsonValueKind.Array } choices)
            {
                foreach (var choice in choices.EnumerateArray().Where(choice => choice.ValueKind == JsonValueKind.String))
                    yield return choice.GetString()!;
            }
            if (Text(part, "const") is { } only)
                yield return only;
        }
    }

    private void Add(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || _parts.Count == MaxParts)
            return;
        _parts.Add(schema);
        if (Text(schema, "$ref") is { } reference && Find(reference) is { } target)
            Add(target);
        foreach (var keyword in (ReadOnlySpan<string>)["allOf", "anyOf", "oneOf"])
        {
            if (Member(schema, keyword) is { ValueKind: JsonValueKind.Array } members)
            {
                foreach (var member in members.EnumerateArray())
                    Add(member);
            }
        }
    }

    private JsonElement? Find(string reference)
    {
        if (!reference.StartsWith('#') || _root.ValueKind != JsonValueKind.Object)
            return null;
        var found = _root;
        foreach (var step in Uri.UnescapeDataString(reference[1..]).Split('/').Skip(1))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
                return null;
        }
        return found;
    }

    private static IEnumerable<string> TypesOf(JsonElement part)
    {
        var type = Member(part, "type");
        if (type.ValueKind == JsonValueKind.String)
            return [type.GetString()!];
        return type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!) : [];
    }

    private static JsonElement Member(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement schema, string name) =>
        Member(schema, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
