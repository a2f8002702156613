using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>Writes an <c>allOf</c> of plain objects as one object, and one of a single schema as that schema.</summary>
internal static class AllOfMerge
{
    public static JsonObject Apply(JsonObject schema)
    {
        if (
            schema["allOf"] is not JsonArray members
            || members.Count == 0
            || !members.All(member => member is JsonObject)
        )
            return schema;
        var others = schema.Where(member => member.Key != "allOf").ToList();
        if (
            members.Count == 1
            && others.All(member => member.Key is "description" or "default" or "examples" or "deprecated")
            && !((JsonObject)members[0]!).ContainsKey("$ref")
        )
        {
            var single = (JsonObject)members[0]!.DeepClone();
            foreach (var (keyword, value) in others)
                single[keyword] = value?.DeepClone();
            return single;
        }
        return members.All(member => IsPlain((JsonObject)member!)) && others.All(member => IsOfHost(member.Key))
            ? Merge(schema, members) ?? schema
            : schema;
    }

    private static JsonObject? Merge(JsonObject schema, JsonArray members)
    {
        var properties = new JsonObject();
        var required = new List<string>();
        foreach (var part in members.Select(member => (JsonObject)member!).Append(schema))
        {
            foreach (var (name, value) in part["properties"] as JsonObject ?? [])
            {
                // Both would have to hold.
                if (properties.ContainsKey(name))
                    return null;
                properties[name] = value?.DeepClone();
            }
            foreach (var name in part["required"] as JsonArray ?? [])
            {
                if (!required.Contains(name!.GetValue<string>()))
                    required.Add(name.GetValue<string>());
            }
        }
        var merged = new JsonObject();
        foreach (var (keyword, value) in schema)
        {
            if (keyword is not ("allOf" or "properties" or "required"))
                merged[keyword] = value?.DeepClone();
        }
        if (members.Append(schema).Any(member => ((JsonObject)member!).ContainsKey("type")))
            merged["type"] = "object";
        if (
            !merged.ContainsKey("description")
            && members.Select(member => member!["description"]).FirstOrDefault(text => text is not null)
                is { } description
        )
            merged["description"] = description.DeepClone();
        if (properties.Count > 0)
            merged["properties"] = properties;
        if (required.Count > 0)
            merged["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        return merged;
    }

    private static bool IsPlain(JsonObject schema) =>
        schema.All(member => member.Key is "type" or "properties" or "required" or "description" or "examples")
        && schema["type"]?.ToJsonString() is null or "\"object\"";

    // additionalProperties sees the properties next to it alone, so it must not get those of others.
    private static bool IsOfHost(string keyword) =>
        keyword
            is "allOf"
                or "type"
                or "properties"
                or "required"
                or "description"
                or "default"
                or "examples"
                or "deprecated"
                or "unevaluatedProperties";
}
