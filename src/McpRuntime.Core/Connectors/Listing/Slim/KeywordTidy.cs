using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>
/// Leaves out what tells a model nothing: titles, the formats of numbers, bounds that are those of the format, lengths
/// of 1,000 and more, keywords with the value that they have anyway, examples of what is enumerated, and all examples
/// but the shortest.
/// </summary>
internal static class KeywordTidy
{
    private const int LongLength = 1_000;
    private const int LongestExample = 120;

    public static void Apply(JsonObject schema)
    {
        Title(schema);
        Number(schema);
        if (schema["maxLength"] is JsonValue length && length.TryGetValue(out long most) && most >= LongLength)
            schema.Remove("maxLength");
        foreach (var keyword in (string[])["minLength", "minItems", "minProperties"])
            RemoveWhere(schema, keyword, value =>
                value is JsonValue number && number.TryGetValue(out long least) && least == 0
            );
        foreach (var keyword in (string[])["uniqueItems", "deprecated", "readOnly", "writeOnly"])
            RemoveWhere(schema, keyword, value => value?.GetValueKind() == JsonValueKind.False);
        RemoveWhere(schema, "additionalProperties", value =>
            value is null or JsonObject { Count: 0 } || value.GetValueKind() == JsonValueKind.True
        );
        RemoveWhere(schema, "required", value => value is JsonArray { Count: 0 });
        RemoveWhere(schema, "description", value =>
            value is JsonValue text && text.TryGetValue(out string? words) && string.IsNullOrWhiteSpace(words)
        );
        Examples(schema);
    }

    private static void Title(JsonObject schema)
    {
        if (schema["title"] is not JsonValue title || !title.TryGetValue(out string? text))
            return;
        schema.Remove("title");
        // A sentence is worth keeping; a title of few words says what the argument's name does.
        if (schema["description"] is null && text.Count(c => c == ' ') > 2)
            schema["description"] = text;
    }

    private static void Number(JsonObject schema)
    {
        if (
            schema["format"] is not JsonValue value
            || !value.TryGetValue(out string? format)
            || format is not ("int32" or "int64" or "float" or "double")
        )
            return;
        if (!IsNumeric(schema["type"]))
            return;
        schema.Remove("format");
        RemoveWhere(schema, "minimum", bound => IsBound(bound, format, isUpper: false));
        RemoveWhere(schema, "maximum", bound => IsBound(bound, format, isUpper: true));
    }

    private static bool IsNumeric(JsonNode? type) =>
        type switch
        {
            JsonValue value => value.TryGetValue(out string? name) && name is "integer" or "number",
            JsonArray list => list.All(item =>
                item?.GetValueKind() == JsonValueKind.String
                && item.GetValue<string>() is "integer" or "number" or "null"
            ),
            _ => false,
        };

    private static bool IsBound(JsonNode? bound, string format, bool isUpper) =>
        (format, bound?.ToJsonString()) switch
        {
            ("int32", "2147483647" or "2147483647.0")
            or ("int64", "9223372036854775807" or "9.223372036854776e+18" or "9223372036854776000") => isUpper,
            ("int32", "-2147483648" or "-2147483648.0")
            or ("int64", "-9223372036854775808" or "-9.223372036854776e+18" or "-9223372036854776000") => !isUpper,
            _ => false,
        };

    private static void Examples(JsonObject schema)
    {
        if (schema["examples"] is not JsonArray examples)
            return;
        var isEnumerated =
            schema.ContainsKey("enum")
            || schema.ContainsKey("const")
            || schema["type"]?.ToJsonString() == "\"boolean\"";
        var shortest = isEnumerated
            ? null
            : examples
                .Select(example => example?.ToJsonString() ?? "null")
                .Where(text => text.Length <= LongestExample)
                .MinBy(text => text.Length);
        if (shortest is null || shortest == schema["default"]?.ToJsonString())
            schema.Remove("examples");
        else if (examples.Count > 1)
            schema["examples"] = new JsonArray(JsonNode.Parse(shortest));
    }

    private static void RemoveWhere(JsonObject schema, string keyword, Func<JsonNode?, bool> condition)
    {
        if (schema.TryGetPropertyValue(keyword, out var value) && condition(value))
            schema.Remove(keyword);
    }
}
