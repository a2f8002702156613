using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>References to definitions: <c>#/$defs/NAME</c>.</summary>
internal static class References
{
    private const string Prefix = "#/$defs/";

    /// <summary>The name that a schema itself refers to; null for none.</summary>
    public static string? NameOf(JsonObject schema) =>
        schema["$ref"] is JsonValue value && value.TryGetValue(out string? target) ? target[Prefix.Length..] : null;

    /// <summary>Adds the names that a schema and all within it refer to, each as often as it comes.</summary>
    /// <returns>False where references or anchors are of another kind.</returns>
    public static bool TryCollect(JsonObject schema, List<string> names)
    {
        if (
            schema.ContainsKey("$id")
            || schema.ContainsKey("$anchor")
            || schema.ContainsKey("$dynamicAnchor")
            || schema.ContainsKey("$dynamicRef")
        )
            return false;
        if (schema.TryGetPropertyValue("$ref", out var reference))
        {
            if (
                reference is not JsonValue value
                || !value.TryGetValue(out string? target)
                || !target.StartsWith(Prefix, StringComparison.Ordinal)
            )
                return false;
            names.Add(target[Prefix.Length..]);
        }
        foreach (var child in SubSchemas.Of(schema))
        {
            if (!TryCollect(child, names))
                return false;
        }
        return true;
    }
}
