using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Server.Surface;

/// <summary>
/// Schemas as types that a model reads at a glance: <c>{ id: integer, state?: "open" | "closed" }[]</c>.
/// </summary>
/// <param name="root">The schema that references start at.</param>
/// <param name="definitions">What <c>#/definitions/NAME</c> refers to.</param>
internal sealed class TypeText(JsonElement root, IReadOnlyDictionary<string, JsonText> definitions)
{
    private const int MostMembers = 12;
    private const int MostChoices = 8;
    private const int MostSteps = 400;

    private int _steps;

    /// <summary>The type of a schema, with as much of its depth as fits.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="depth">How many objects within each other are written out at most.</param>
    /// <param name="most">How long the text may be; one without any depth may be longer.</param>
    public string Of(JsonElement schema, int depth, int most)
    {
        while (true)
        {
            _steps = 0;
            var text = Write(schema, depth);
            if (depth == 0 || (text.Length <= most && _steps < MostSteps))
                return text;
            depth--;
        }
    }

    /// <summary>What a schema refers to, or itself.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        for (var i = 0; i < 10 && Member(schema, "$ref") is { ValueKind: JsonValueKind.String } reference; i++)
        {
            if (Target(reference.GetString()!) is not { } target)
                return schema;
            schema = target;
        }
        return schema;
    }

    public static JsonElement? Member(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) ? value : null;

    private string Write(JsonElement schema, int depth)
    {
        if (++_steps > MostSteps)
            return "any";
        schema = Resolve(schema);
        if (schema.ValueKind != JsonValueKind.Object)
            return schema.ValueKind == JsonValueKind.False ? "never" : "any";
        if (Member(schema, "const") is { } only)
            return only.GetRawText();
        if (Member(schema, "enum") is { ValueKind: JsonValueKind.Array } choices)
            return Choices(choices);
        foreach (var key in new[] { "oneOf", "anyOf" })
        {
            if (
                Member(schema, key) is { ValueKind: JsonValueKind.Array } parts
                && parts.GetArrayLength() > 0
                && !HasProperties(schema)
            )
                return Join(parts.EnumerateArray().Select(part => Write(part, depth)), " | ");
        }
        if (Member(schema, "allOf") is { ValueKind: JsonValueKind.Array } all && all.GetArrayLength() > 0)
        {
            var parts = all.EnumerateArray().Select(part => Write(part, depth)).Where(part => part != "any");
            return Join(HasProperties(schema) ? parts.Append(Object(schema, depth)) : parts, " & ");
        }
        return Member(schema, "type") switch
        {
            { ValueKind: JsonValueKind.String } type => Typed(type.GetString()!, schema, depth),
            { ValueKind: JsonValueKind.Array } types => Join(
                types
                    .EnumerateArray()
                    .Where(type => type.ValueKind == JsonValueKind.String)
                    .Select(type => Typed(type.GetString()!, schema, depth)),
                " | "
            ),
            _ when HasProperties(schema) => Object(schema, depth),
            _ when Member(schema, "items") is not null => List(schema, depth),
            _ => "any",
        };
    }

    private string Typed(string type, JsonElement schema, int depth) =>
        type switch
        {
            "object" => Object(schema, depth),
            "array" => List(schema, depth),
            _ => type,
        };

    private string List(JsonElement schema, int depth)
    {
        if (Member(schema, "items") is not { } items)
            return "any[]";
        var item = Write(items, depth);
        return item.Contains(" | ", StringComparison.Ordinal) || item.Contains(" & ", StringComparison.Ordinal)
            ? $"({item})[]"
            : $"{item}[]";
    }

    private string Object(JsonElement schema, int depth)
    {
        if (!HasProperties(schema))
        {
            return depth > 0 && Member(schema, "additionalProperties") is { ValueKind: JsonValueKind.Object } values
                ? $"{{ [key]: {Write(values, depth - 1)} }}"
                : "object";
        }
        if (depth == 0)
            return "object";
        var properties = Member(schema, "properties")!.Value;
        var required = Required(schema);
        var members = properties
            .EnumerateObject()
            .OrderByDescending(property => required.Contains(property.Name))
            .Take(MostMembers)
            .Select(property =>
                $"{property.Name}{(required.Contains(property.Name) ? "" : "?")}: {Write(property.Value, depth - 1)}"
            );
        var more = properties.EnumerateObject().Count() - MostMembers;
        return $"{{ {string.Join(", ", members)}{(more > 0 ? $", …{more} more" : "")} }}";
    }

    public static HashSet<string> Required(JsonElement schema) =>
        Member(schema, "required") is { ValueKind: JsonValueKind.Array } names
            ?
            [
                .. names
                    .EnumerateArray()
                    .Where(name => name.ValueKind == JsonValueKind.String)
                    .Select(name => name.GetString()!),
            ]
            : [];

    private static string Choices(JsonElement choices)
    {
        var shown = choices.EnumerateArray().Take(MostChoices).Select(choice => choice.GetRawText());
        var more = choices.GetArrayLength() - MostChoices;
        return string.Join(" | ", shown) + (more > 0 ? $" | …{more} more" : "");
    }

    private static string Join(IEnumerable<string> parts, string separator)
    {
        var distinct = parts.Distinct().ToArray();
        var shown = string.Join(separator, distinct.Take(MostChoices));
        return distinct.Length switch
        {
            0 => "any",
            > MostChoices => $"{shown}{separator}…{distinct.Length - MostChoices} more",
            _ => shown,
        };
    }

    private static bool HasProperties(JsonElement schema) =>
        Member(schema, "properties") is { ValueKind: JsonValueKind.Object } properties
        && properties.EnumerateObject().Any();

    private JsonElement? Target(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
            return null;
        var steps = reference[2..]
            .Split('/')
            .Select(step => JsonPointer.Unescape(Uri.UnescapeDataString(step)))
            .ToArray();
        var at = root;
        var rest = steps.AsSpan();
        if (steps is ["definitions", var name, ..] && definitions.TryGetValue(name, out var shared))
        {
            at = shared.ToElement();
            rest = rest[2..];
        }
        foreach (var step in rest)
        {
            if (Member(at, step) is not { } next)
                return null;
            at = next;
        }
        return at;
    }
}
