using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>The schemas directly within a schema (JSON Schema 2020-12).</summary>
internal static class SubSchemas
{
    private static readonly string[] Single =
    [
        "items",
        "contains",
        "additionalProperties",
        "unevaluatedProperties",
        "unevaluatedItems",
        "propertyNames",
        "not",
        "if",
        "then",
        "else",
    ];

    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf", "prefixItems"];

    private static readonly string[] Maps = ["properties", "patternProperties", "dependentSchemas"];

    /// <summary>Replaces each by what the function makes of it; the schema's own <c>$defs</c> are left alone.</summary>
    public static void Replace(JsonObject schema, Func<JsonObject, JsonNode> change)
    {
        foreach (var keyword in Single)
        {
            if (schema[keyword] is JsonObject single)
                Set(single, change(single), changed => schema[keyword] = changed);
        }
        foreach (var keyword in Lists)
        {
            for (var i = 0; schema[keyword] is JsonArray list && i < list.Count; i++)
            {
                if (list[i] is JsonObject item)
                    Set(item, change(item), changed => list[i] = changed);
            }
        }
        foreach (var keyword in Maps)
        {
            if (schema[keyword] is not JsonObject map)
                continue;
            foreach (var (name, value) in map.ToArray())
            {
                if (value is JsonObject item)
                    Set(item, change(item), changed => map[name] = changed);
            }
        }
    }

    /// <summary>Each of them.</summary>
    public static IEnumerable<JsonObject> Of(JsonObject schema)
    {
        foreach (var keyword in Single)
        {
            if (schema[keyword] is JsonObject single)
                yield return single;
        }
        foreach (var keyword in Lists)
        {
            foreach (var item in schema[keyword] as JsonArray ?? [])
            {
                if (item is JsonObject schemaOfList)
                    yield return schemaOfList;
            }
        }
        foreach (var keyword in Maps)
        {
            foreach (var (_, value) in schema[keyword] as JsonObject ?? [])
            {
                if (value is JsonObject schemaOfMap)
                    yield return schemaOfMap;
            }
        }
    }

    private static void Set(JsonObject before, JsonNode after, Action<JsonNode> set)
    {
        if (!ReferenceEquals(before, after))
            set(after);
    }
}
