using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>An argument of a tool.</summary>
/// <param name="Name">As the input schema has it.</param>
/// <param name="IsRequired">A call without it is refused.</param>
internal sealed record InputProperty(string Name, bool IsRequired)
{
    /// <summary>The properties of a tool's input schema, in its order.</summary>
    internal static IReadOnlyList<InputProperty> Of(ToolManifest tool)
    {
        using var document = JsonDocument.Parse(tool.InputSchema.Utf8);
        var root = document.RootElement;
        if (
            root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("properties"u8, out var properties)
            || properties.ValueKind != JsonValueKind.Object
        )
            return [];
        var required = Required(root);
        return
        [
            .. properties.EnumerateObject().Select(one => new InputProperty(one.Name, required.Contains(one.Name))),
        ];
    }

    private static HashSet<string> Required(JsonElement root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!root.TryGetProperty("required"u8, out var required) || required.ValueKind != JsonValueKind.Array)
            return names;
        foreach (var name in required.EnumerateArray())
        {
            if (name.ValueKind == JsonValueKind.String)
                names.Add(name.GetString()!);
        }
        return names;
    }
}
