using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>Objects: what is required, and what <c>minProperties</c> asks for beyond that.</summary>
internal static class SampleObject
{
    public static JsonObject Make(SampleValues values, List<JsonElement> parts, SampleChoice choice, int depth)
    {
        var made = new JsonObject();
        var names = parts.SelectMany(part => Strings(part, "required")).Distinct(StringComparer.Ordinal).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            made[names[i]] = values.Make(Schemas(parts, names[i]), choice, depth + 1);
            foreach (var dependent in parts.SelectMany(part => Dependents(part, names[i])))
            {
                if (!names.Contains(dependent))
                    names.Add(dependent);
            }
        }
        var least = parts.Max(part => SampleNumber.Whole(part, "minProperties") ?? 0);
        foreach (var name in parts.SelectMany(Known).Concat(Invented(parts)))
        {
            if (made.Count >= least)
                break;
            if (!made.ContainsKey(name))
                made[name] = values.Make(Schemas(parts, name), choice, depth + 1);
        }
        return made;
    }

    // What says something about a member: properties and patternProperties, else additionalProperties.
    private static List<JsonElement> Schemas(List<JsonElement> parts, string name)
    {
        var schemas = new List<JsonElement>();
        foreach (var part in parts)
        {
            if (part.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var own))
                schemas.Add(own);
            else if (
                part.TryGetProperty("patternProperties", out var patterns)
                && patterns.EnumerateObject().FirstOrDefault() is { Value.ValueKind: JsonValueKind.Object } pattern
            )
                schemas.Add(pattern.Value);
            else if (part.TryGetProperty("additionalProperties", out var others))
                schemas.Add(others);
        }
        return schemas;
    }

    private static IEnumerable<string> Known(JsonElement part) =>
        part.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select(property => property.Name)
            : [];

    private static IEnumerable<string> Invented(List<JsonElement> parts)
    {
        var patterns = new List<string>();
        foreach (var part in parts)
        {
            if (part.TryGetProperty("patternProperties", out var own))
                patterns.AddRange(own.EnumerateObject().Select(each => each.Name));
            if (part.TryGetProperty("propertyNames", out var names) && names.TryGetProperty("pattern", out var pattern))
                patterns.Add(pattern.GetString()!);
        }
        for (var i = 0; i < 50; i++)
            yield return patterns.Count > 0 ? SamplePattern.Make(patterns[0], i) : $"name{i}";
    }

    private static IEnumerable<string> Strings(JsonElement part, string word) =>
        part.TryGetProperty(word, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(each => each.GetString()!)
            : [];

    private static IEnumerable<string> Dependents(JsonElement part, string name) =>
        part.TryGetProperty("dependentRequired", out var dependent) ? Strings(dependent, name) : [];
}
