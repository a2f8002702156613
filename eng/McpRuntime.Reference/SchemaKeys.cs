using System.Globalization;
using System.Text.Json;

namespace McpRuntime.Reference;

/// <summary>A key of an object: its name, which values it takes, and what they mean, the latter two as Markdown.</summary>
internal sealed record SchemaKey(string Name, bool IsRequired, string Value, string Meaning);

/// <summary>Reads the keys of objects from the definitions of a JSON Schema.</summary>
internal sealed class SchemaKeys(JsonElement definitions)
{
    private const string Prefix = "#/$defs/";

    private readonly List<string> _undescribed = [];

    /// <summary>Keys whose meaning was asked for and is not in the schema.</summary>
    public IReadOnlyList<string> Undescribed => _undescribed;

    /// <summary>What the schema says about the object; empty where it says nothing.</summary>
    public string Description(string definition) => Text(Find(definition), "description");

    /// <summary>
    /// The keys of an object; where its <c>type</c> decides, those of each kind. A name is that of a definition, with
    /// <c>.key</c> for an object that has no definition.
    /// </summary>
    public IEnumerable<(string Kind, IReadOnlyList<SchemaKey> Keys)> Kinds(string definition)
    {
        var schema = Find(definition);
        if (!schema.TryGetProperty("oneOf", out var kinds))
            return [("", Keys(definition, schema))];
        return kinds
            .EnumerateArray()
            .Select(kind => Kind(definition, kind.TryGetProperty("$ref", out _) ? Resolve(kind) : kind));
    }

    private (string Kind, IReadOnlyList<SchemaKey> Keys) Kind(string definition, JsonElement schema)
    {
        var type = schema.GetProperty("properties").GetProperty("type");
        var words = type.TryGetProperty("const", out var word)
            ? word.GetString()!
            : string.Join(", ", type.GetProperty("enum").EnumerateArray().Select(item => item.GetString()));
        return (words, Keys($"{definition} {words}", schema, except: "type"));
    }

    private List<SchemaKey> Keys(string owner, JsonElement schema, string? except = null)
    {
        var required = schema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet()
            : [];
        return
        [
            .. schema
                .GetProperty("properties")
                .EnumerateObject()
                .Where(key => key.Value.ValueKind == JsonValueKind.Object && key.Name != except)
                .Select(key => Key(owner, key.Name, key.Value, required)),
        ];
    }

    private SchemaKey Key(string owner, string name, JsonElement schema, HashSet<string> required)
    {
        var meaning = Text(schema, "description");
        if (meaning.Length == 0)
            meaning = Text(Resolve(schema), "description");
        if (meaning.Length == 0)
            _undescribed.Add($"{owner}.{name}");
        return new SchemaKey(name, required.Contains(name), Value(schema), meaning);
    }

    private string Value(JsonElement given)
    {
        var schema = Resolve(given);
        if (schema.TryGetProperty("enum", out var words))
            return string.Join(
                ", ",
                words.EnumerateArray().Where(IsText).Select(word => Markdown.Code(word.GetString()!))
            );
        var types = Types(schema);
        if (types.Contains("array"))
            return schema.TryGetProperty("items", out var items) ? $"list of {Value(items)}" : "list";
        if (types.Contains("object"))
            return
                schema.TryGetProperty("additionalProperties", out var values)
                && values.ValueKind == JsonValueKind.Object
                ? $"object of {Value(values)}"
                : "object";
        if (types.Contains("boolean"))
            return "boolean";
        if (types.Contains("string"))
            return Pattern(schema);
        return types.Count == 0 ? "any" : Range(schema, types.Contains("integer") ? "integer" : "number");
    }

    private static string Pattern(JsonElement schema) =>
        schema.TryGetProperty("pattern", out var pattern) && pattern.GetString() is { Length: > 12 } text
            ? $"text, {Markdown.Code(text)}"
            : "text";

    private static string Range(JsonElement schema, string type)
    {
        var least = Number(schema, "minimum");
        var above = Number(schema, "exclusiveMinimum");
        var most = Number(schema, "maximum") is { } number && number != int.MaxValue ? (double?)number : null;
        string?[] bounds =
        [
            least is { } from ? Invariant($"from {from}") : null,
            above is { } over ? Invariant($"above {over}") : null,
            most is { } to ? Invariant($"up to {to}") : null,
        ];
        return string.Join(' ', bounds.OfType<string>().Prepend(type));
    }

    private static double? Number(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) ? value.GetDouble() : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static HashSet<string> Types(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? []
        : IsText(type) ? [type.GetString()!]
        : [.. type.EnumerateArray().Select(item => item.GetString()!)];

    private JsonElement Find(string definition)
    {
        var names = definition.Split('.');
        return names
            .Skip(1)
            .Aggregate(definitions.GetProperty(names[0]), (schema, name) =>
                schema.GetProperty("properties").GetProperty(name)
            );
    }

    private JsonElement Resolve(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? Resolve(definitions.GetProperty(reference.GetString()![Prefix.Length..]))
            : schema;

    private static string Text(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var text) && IsText(text) ? text.GetString()! : "";

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;
}
