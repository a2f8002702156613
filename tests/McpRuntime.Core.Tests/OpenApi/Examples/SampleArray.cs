using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>Arrays of the fewest items, different ones where they have to be.</summary>
internal static class SampleArray
{
    public static JsonArray Make(SampleValues values, List<JsonElement> parts, SampleChoice choice, int depth)
    {
        var made = new JsonArray();
        var least = parts.Max(part =>
            SampleNumber.Whole(part, "minItems") ?? (part.TryGetProperty("contains", out _) ? 1 : 0)
        );
        var isUnique = parts.Exists(part =>
            part.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True
        );
        for (var i = 0; made.Count < least && i < least * 20; i++)
        {
            var own = isUnique && made.Count > 0 ? new SampleChoice(choice.Variant + i) : choice;
            var item = values.Make(Schemas(parts, made.Count), own, depth + 1);
            if (!isUnique || !made.Any(other => JsonNode.DeepEquals(other, item)))
                made.Add(item);
        }
        return made;
    }

    private static List<JsonElement> Schemas(List<JsonElement> parts, int index)
    {
        var schemas = new List<JsonElement>();
        foreach (var part in parts)
        {
            if (part.TryGetProperty("prefixItems", out var first) && index < first.GetArrayLength())
                schemas.Add(first[index]);
            else if (part.TryGetProperty("items", out var items))
                schemas.Add(items);
            if (part.TryGetProperty("contains", out var needed))
                schemas.Add(needed);
        }
        return schemas;
    }
}
