using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Profiles;

/// <summary>Schemas that hold together, as one.</summary>
internal static class SchemaMerging
{
    /// <summary>What both say; where they differ otherwise, what the first says.</summary>
    /// <returns>A new schema.</returns>
    public static JsonObject Both(JsonObject first, JsonObject second)
    {
        var both = (JsonObject)first.DeepClone();
        foreach (var (keyword, value) in second)
        {
            switch (keyword)
            {
                case "properties" when both["properties"] is JsonObject own && value is JsonObject others:
                    foreach (var (name, property) in others)
                        own[name] =
                            own[name] is JsonObject mine && property is JsonObject other
                                ? Both(mine, other)
                                : property?.DeepClone();
                    break;
                case "required" when both["required"] is JsonArray own && value is JsonArray others:
                    foreach (var name in others.Where(name => !own.Any(known => JsonNode.DeepEquals(known, name))))
                        own.Add(name?.DeepClone());
                    break;
                case "allOf" when both["allOf"] is JsonArray own && value is JsonArray others:
                    foreach (var member in others)
                        own.Add(member?.DeepClone());
                    break;
                default:
                    if (!both.ContainsKey(keyword))
                        both[keyword] = value?.DeepClone();
                    break;
            }
        }
        return both;
    }

    /// <summary>An object with the properties of any of several; what all of them require is required.</summary>
    public static JsonObject Any(IReadOnlyList<JsonObject> branches)
    {
        var any = new JsonObject { ["type"] = "object" };
        var properties = new JsonObject();
        any["properties"] = properties;
        foreach (var branch in branches)
        {
            foreach (var (name, property) in branch["properties"] as JsonObject ?? [])
            {
                if (!properties.ContainsKey(name))
                    properties[name] = property?.DeepClone();
            }
        }
        var required = branches
            .Select(Required)
            .Aggregate((IEnumerable<string>)properties.Select(property => property.Key).ToList(), (all, own) =>
                all.Intersect(own)
            )
            .Select(name => (JsonNode?)name)
            .ToArray();
        if (required.Length > 0)
            any["required"] = new JsonArray(required);
        return any;
    }

    /// <summary>Names in <c>required</c>.</summary>
    public static IEnumerable<string> Required(JsonObject schema) =>
        (schema["required"] as JsonArray ?? [])
            .Where(name => name?.GetValueKind() == JsonValueKind.String)
            .Select(name => name!.GetValue<string>());
}
