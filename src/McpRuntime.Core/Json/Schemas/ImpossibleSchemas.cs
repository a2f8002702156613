using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Json.Schemas;

/// <summary>
/// Says why no value fits a schema, as far as that can be told without a search: types that exclude each other, bounds
/// and values without overlap, required properties that are forbidden or impossible themselves, an endless recursion.
/// What cannot be told is taken as possible.
/// </summary>
/// <param name="definitions">What references of the form <c>#/definitions/NAME</c> lead to.</param>
internal sealed partial class ImpossibleSchemas(JsonElement definitions)
{
    private const string Prefix = "#/definitions/";
    private const int MaxDepth = 64;
    private const int MaxSteps = 500_000;

    private readonly Dictionary<string, string?> _known = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];
    private readonly Dictionary<string, JsonElement> _definitions = [];
    private int _steps;

    // The outermost definition on the way that a recursion led back to; what was found below it holds only there.
    private int _outermost = int.MaxValue;

    /// <summary>The reason; null where a value may fit.</summary>
    internal string? Explain(JsonElement schema)
    {
        try
        {
            return Explain(schema, 0);
        }
        catch (InvalidOperationException)
        {
            // A string that is not Unicode text, which another rule reports.
            return null;
        }
    }

    private string? Explain(JsonElement schema, int depth)
    {
        if (schema.ValueKind == JsonValueKind.False)
            return "its schema is false";
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth || ++_steps > MaxSteps)
            return null;
        if (OfParts(schema, depth) is { } reason)
            return reason;
        var types = Types(schema, depth);
        if (types == JsonTypes.None)
            return "its types exclude each other";
        if (Values(schema) is { } values && !values.Any(value => types.Include(value) && IsWithin(schema, value)))
            return "none of its values matches its type and bounds";
        // Of several types, one that is possible is enough.
        string? why = null;
        foreach (var type in (JsonTypes[])[JsonTypes.Object, JsonTypes.Array, JsonTypes.String, JsonTypes.Number])
        {
            var own = type == JsonTypes.Number ? JsonTypes.Number | JsonTypes.Integer : type;
            if ((types & own) == 0)
                continue;
            if (OfType(schema, type, depth) is not { } impossible)
                return null;
            why = impossible;
            types &= ~own;
        }
        return types == JsonTypes.None ? why : null;
    }

    // What applies to the same value, in whatever type it is.
    private string? OfParts(JsonElement schema, int depth)
    {
        if (schema.TryGetProperty("$ref"u8, out var reference) && OfReference(reference, depth) is { } reason)
            return reason;
        if (schema.TryGetProperty("not"u8, out var not) && IsEverything(not))
            return "its 'not' excludes every value";
        foreach (var member in Members(schema, "allOf"u8))
        {
            if (Explain(member, depth + 1) is { } own)
                return own;
        }
        return OfChoice(schema, "anyOf"u8, depth) ?? OfChoice(schema, "oneOf"u8, depth);
    }

    private string? OfChoice(JsonElement schema, ReadOnlySpan<byte> keyword, int depth)
    {
        string? why = null;
        foreach (var member in Members(schema, keyword))
        {
            if (Explain(member, depth + 1) is not { } own)
                return null;
            why ??= own;
        }
        return why;
    }

    private string? OfReference(JsonElement reference, int depth)
    {
        if (NameOf(reference) is not { } name)
            return null;
        if (_known.TryGetValue(name, out var known))
            return known;
        var position = _open.IndexOf(name);
        if (position >= 0)
        {
            _outermost = Math.Min(_outermost, position);
            return $"'{name}' needs another '{name}' in it, endlessly";
        }
        if (Definition(name) is not { } definition)
            return null;
        _open.Add(name);
        var outer = _outermost;
        _outermost = int.MaxValue;
        var reason = Explain(definition, depth + 1);
        _open.RemoveAt(_open.Count - 1);
        if (reason is null || _outermost >= _open.Count)
            _known[name] = reason;
        _outermost = Math.Min(outer, _outermost >= _open.Count ? int.MaxValue : _outermost);
        return reason;
    }

    private string? OfType(JsonElement schema, JsonTypes type, int depth) =>
        type switch
        {
            JsonTypes.Object => OfObject(schema, depth),
            JsonTypes.Array => OfArray(schema, depth),
            JsonTypes.String => Bounds(schema, "minLength"u8, "maxLength"u8),
            _ => OfNumber(schema),
        };

    private string? OfObject(JsonElement schema, int depth)
    {
        if (Bounds(schema, "minProperties"u8, "maxProperties"u8) is { } bounds)
            return bounds;
        var properties =
            schema.TryGetProperty("properties"u8, out var own) && own.ValueKind == JsonValueKind.Object ? own : default;
        var isClosed =
            schema.TryGetProperty("additionalProperties"u8, out var additional)
            && additional.ValueKind == JsonValueKind.False
            && !schema.TryGetProperty("patternProperties"u8, out _);
        foreach (var name in Members(schema, "required"u8))
        {
            if (name.ValueKind != JsonValueKind.String)
                continue;
            if (
                properties.ValueKind == JsonValueKind.Object
                && properties.TryGetProperty(name.GetString()!, out var property)
            )
            {
                if (Explain(property, depth + 1) is { } reason)
                    return $"the required '{Show(name)}' is impossible, as {reason}";
            }
            else if (isClosed)
                return $"it requires '{Show(name)}' and forbids it";
        }
        return OfComposition(schema, depth);
    }

    private string? OfArray(JsonElement schema, int depth)
    {
        if (Bounds(schema, "minItems"u8, "maxItems"u8) is { } bounds)
            return bounds;
        return
            Number(schema, "minItems"u8) > 0
            && !schema.TryGetProperty("prefixItems"u8, out _)
            && schema.TryGetProperty("items"u8, out var items)
            && Explain(items, depth + 1) is { } reason
            ? $"it needs an item, and {reason}"
            : null;
    }

    private static string? OfNumber(JsonElement schema)
    {
        var (least, below) = (Number(schema, "minimum"u8), Number(schema, "exclusiveMinimum"u8));
        var (most, above) = (Number(schema, "maximum"u8), Number(schema, "exclusiveMaximum"u8));
        return least > most || least >= above || below >= most || below >= above
            ? "its lower bound is above its upper one"
            : null;
    }

    private static string? Bounds(JsonElement schema, ReadOnlySpan<byte> least, ReadOnlySpan<byte> most) =>
        Number(schema, least) > Number(schema, most) ? "its lower bound is above its upper one" : null;

    // What is left of the types when everything that says one has said it.
    private JsonTypes Types(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth || ++_steps > MaxSteps)
            return schema.ValueKind == JsonValueKind.False ? JsonTypes.None : JsonTypes.All;
        var types = JsonTypes.All;
        if (schema.TryGetProperty("type"u8, out var type))
            types = types.And(Named(type));
        if (Values(schema) is { } values)
            types = types.And(values.Aggregate(JsonTypes.None, (known, value) => known | Of(value)));
        if (
            schema.TryGetProperty("$ref"u8, out var reference)
            && NameOf(reference) is { } name
            && !_open.Contains(name)
            && Definition(name) is { } definition
        )
            types = types.And(TypesOf(name, definition, depth));
        foreach (var member in Members(schema, "allOf"u8))
            types = types.And(Types(member, depth + 1));
        foreach (var keyword in (string[])["anyOf", "oneOf"])
        {
            if (
                schema.TryGetProperty(keyword, out var choice)
                && choice.ValueKind == JsonValueKind.Array
                && choice.GetArrayLength() > 0
            )
                types = types.And(
                    choice
                        .EnumerateArray()
                        .Aggregate(JsonTypes.None, (known, member) => known | Types(member, depth + 1))
                );
        }
        return types;
    }

    private JsonTypes TypesOf(string name, JsonElement definition, int depth)
    {
        _open.Add(name);
        var types = Types(definition, depth + 1);
        _open.RemoveAt(_open.Count - 1);
        return types;
    }

    private static JsonTypes Named(JsonElement type)
    {
        if (type.ValueKind == JsonValueKind.String)
            return JsonTypesExtensions.Parse(type.GetString()) is var one and not JsonTypes.None ? one : JsonTypes.All;
        if (type.ValueKind != JsonValueKind.Array || type.GetArrayLength() == 0)
            return JsonTypes.All;
        return type.EnumerateArray()
            .Aggregate(JsonTypes.None, (known, item) =>
                known
                | (item.ValueKind == JsonValueKind.String ? JsonTypesExtensions.Parse(item.GetString()) : JsonTypes.All)
            );
    }

    private static JsonTypes Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => JsonTypes.Object,
            JsonValueKind.Array => JsonTypes.Array,
            JsonValueKind.String => JsonTypes.String,
            JsonValueKind.Number => JsonTypes.Integer.Include(value)
                ? JsonTypes.Integer | JsonTypes.Number
                : JsonTypes.Number,
            JsonValueKind.Null => JsonTypes.Null,
            _ => JsonTypes.Boolean,
        };

    private static List<JsonElement>? Values(JsonElement schema)
    {
        if (schema.TryGetProperty("const"u8, out var only))
            return [only];
        return schema.TryGetProperty("enum"u8, out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray()]
            : null;
    }

    private static bool IsWithin(JsonElement schema, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
        {
            return !(Number(schema, "minimum"u8) > number)
                && !(Number(schema, "maximum"u8) < number)
                && !(Number(schema, "exclusiveMinimum"u8) >= number)
                && !(Number(schema, "exclusiveMaximum"u8) <= number);
        }
        if (value.ValueKind != JsonValueKind.String)
            return true;
        var length = value.GetString()!.EnumerateRunes().Count();
        return !(Number(schema, "minLength"u8) > length) && !(Number(schema, "maxLength"u8) < length);
    }

    private static bool IsEverything(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.True
        || (schema.ValueKind == JsonValueKind.Object && !schema.EnumerateObject().Any());

    private static JsonElement.ArrayEnumerator Members(JsonElement schema, ReadOnlySpan<byte> keyword) =>
        schema.TryGetProperty(keyword, out var members) && members.ValueKind == JsonValueKind.Array
            ? members.EnumerateArray()
            : default;

    private static double? Number(JsonElement schema, ReadOnlySpan<byte> keyword) =>
        schema.TryGetProperty(keyword, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number)
            ? number
            : null;

    private static string? NameOf(JsonElement reference) =>
        reference.ValueKind == JsonValueKind.String
        && reference.GetString() is { } text
        && text.StartsWith(Prefix, StringComparison.Ordinal)
            ? JsonPointer.Unescape(Uri.UnescapeDataString(text[Prefix.Length..]))
            : null;

    private JsonElement? Definition(string name)
    {
        if (_definitions.Count == 0 && definitions.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in definitions.EnumerateObject())
                _definitions[member.Name] = member.Value;
        }
        return _definitions.TryGetValue(name, out var definition) ? definition : null;
    }

    private static string Show(JsonElement name) => Show(name.GetString()!);

    private static string Show(string name) => UntrustedText.Shorten(name, 60);
}
