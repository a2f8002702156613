using System.Text.Json;

namespace McpRuntime.Cmdlets.Values;

/// <summary>
/// The JSON types that a schema admits: <c>type</c>, references and <c>allOf</c> together, the alternatives of
/// <c>anyOf</c> and <c>oneOf</c> in parallel. Without <c>type</c>, what <c>const</c>, <c>enum</c> and the keywords that
/// are made for one type say.
/// </summary>
internal static class AdmittedTypes
{
    private static readonly (string Type, string[] Keywords)[] Telling =
    [
        ("object", ["properties", "additionalProperties", "patternProperties", "required"]),
        ("array", ["items", "prefixItems", "minItems", "maxItems"]),
        ("string", ["pattern", "minLength", "maxLength"]),
        ("number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ];

    /// <param name="root">Holds what references mean.</param>
    /// <param name="schema">The schema.</param>
    /// <returns>Each once, in the order of the schema; null where any will do.</returns>
    public static IReadOnlyList<string>? Of(SchemaRoot root, JsonElement schema)
    {
        var left = SchemaRoot.MaxSchemas;
        return Of(root, schema, ref left);
    }

    private static List<string>? Of(SchemaRoot root, JsonElement schema, ref int left)
    {
        if (schema.ValueKind != JsonValueKind.Object || left-- <= 0)
            return null;
        var types = Own(schema) ?? OfValues(schema);
        if (root.Target(schema) is { } target)
            types = Both(types, Of(root, target, ref left));
        foreach (var part in SchemaRoot.Members(schema, "allOf"))
            types = Both(types, Of(root, part, ref left));
        types = Both(types, OneOf(root, schema, "anyOf", ref left));
        types = Both(types, OneOf(root, schema, "oneOf", ref left));
        return types ?? Told(schema);
    }

    private static List<string>? OneOf(SchemaRoot root, JsonElement schema, string keyword, ref int left)
    {
        List<string>? types = null;
        foreach (var branch in SchemaRoot.Members(schema, keyword))
        {
            if (Of(root, branch, ref left) is not { } own)
                return null;
            types = [.. types ?? [], .. own.Where(type => types?.Contains(type) != true)];
        }
        return types;
    }

    private static List<string>? Own(JsonElement schema) =>
        SchemaRoot.Member(schema, "type") switch
        {
            { ValueKind: JsonValueKind.String } type => [type.GetString()!],
            { ValueKind: JsonValueKind.Array } types =>
            [
                .. types
                    .EnumerateArray()
                    .Where(type => type.ValueKind == JsonValueKind.String)
                    .Select(type => type.GetString()!)
                    .Distinct(),
            ],
            _ => null,
        };

    private static List<string>? OfValues(JsonElement schema)
    {
        if (schema.TryGetProperty("const", out var only))
            return [TypeOf(only)];
        var values = SchemaRoot.Members(schema, "enum").Select(TypeOf).Distinct().ToList();
        return values.Count == 0 ? null : values;
    }

    private static string TypeOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => NumberText.Integer(value.GetRawText()) is null ? "number" : "integer",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => "null",
        };

    private static List<string>? Told(JsonElement schema)
    {
        foreach (var (type, keywords) in Telling)
        {
            if (Array.Exists(keywords, keyword => schema.TryGetProperty(keyword, out _)))
                return [type];
        }
        return null;
    }

    // Schemas that contradict each other admit nothing; then what either says is more use.
    private static List<string>? Both(List<string>? left, List<string>? right)
    {
        if (left is null || right is null)
            return left ?? right;
        var both = left.Select(type => Common(type, right)).OfType<string>().Distinct().ToList();
        return both.Count > 0 ? both : [.. left.Union(right)];
    }

    private static string? Common(string type, List<string> others)
    {
        if (others.Contains(type))
            return type;
        return (type == "number" && others.Contains("integer")) || (type == "integer" && others.Contains("number"))
            ? "integer"
            : null;
    }
}
