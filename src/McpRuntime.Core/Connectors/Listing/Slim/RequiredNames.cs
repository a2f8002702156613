using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>Names in <c>required</c>.</summary>
internal static class RequiredNames
{
    /// <summary>Those of one schema.</summary>
    public static HashSet<string> Of(JsonObject schema)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Add(schema, names);
        return names;
    }

    /// <summary>Adds those of a schema and of all within it.</summary>
    public static void Collect(JsonObject schema, HashSet<string> names)
    {
        Add(schema, names);
        foreach (var child in SubSchemas.Of(schema))
            Collect(child, names);
    }

    private static void Add(JsonObject schema, HashSet<string> names)
    {
        foreach (var name in schema["required"] as JsonArray ?? [])
        {
            if (name?.GetValueKind() == JsonValueKind.String)
                names.Add(name.GetValue<string>());
        }
    }
}
