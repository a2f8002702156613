using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Profiles;

/// <summary>Types of schemas, also of those that do not name them.</summary>
internal static class SchemaType
{
    private const int LongestName = 64;

    /// <summary>The types that a schema names or means; none for any.</summary>
    public static List<string> Of(JsonObject schema)
    {
        List<string> types = schema["type"] switch
        {
            JsonValue value when value.TryGetValue(out string? one) => [one],
            JsonArray several => [.. several.Select(item => item?.ToString() ?? "null").Distinct()],
            _ => Meant(schema),
        };
        // Every integer is a number.
        if (types.Contains("number"))
            types.Remove("integer");
        return types;
    }

    /// <summary>Model APIs take these names of properties.</summary>
    public static bool IsPropertyName(string name) =>
        name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static List<string> Meant(JsonObject schema)
    {
        if (
            (
                schema["enum"] as JsonArray
                ?? (schema.TryGetPropertyValue("const", out var only) ? [only?.DeepClone()] : null)
            ) is
            { } choices
        )
            return [.. choices.Select(NameOf).Distinct()];
        return schema switch
        {
            _ when schema.ContainsKey("properties") || schema["additionalProperties"] is JsonObject => ["object"],
            _ when schema.ContainsKey("items") || schema.ContainsKey("prefixItems") => ["array"],
            _ when schema.ContainsKey("pattern") || schema.ContainsKey("maxLength") || schema.ContainsKey("format") =>
            [
                "string",
            ],
            _ when schema.ContainsKey("minimum") || schema.ContainsKey("maximum") => ["number"],
            _ => [],
        };
    }

    private static string NameOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => value.ToJsonString().All(c => char.IsAsciiDigit(c) || c == '-')
                ? "integer"
                : "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            _ => "null",
        };
}
