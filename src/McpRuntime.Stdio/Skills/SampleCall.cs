using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Connectors;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;

namespace McpRuntime.Stdio.Skills;

/// <summary>
/// A call that shows how calls are made: of a tool that reads where there is one, with arguments that fit.
/// </summary>
internal static class SampleCall
{
    private const int MostTried = 50;

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The tool, and its arguments as JSON.</summary>
    /// <param name="tools">At least one.</param>
    public static (ServedTool Tool, string Arguments) Of(IReadOnlyList<ServedTool> tools)
    {
        foreach (var tool in tools.OrderBy(tool => tool.IsReadOnly ? 0 : 1).Take(MostTried))
        {
            if (Arguments(tool) is { Length: > 2 } arguments)
                return (tool, arguments);
        }
        return (tools.FirstOrDefault(tool => tool.IsReadOnly) ?? tools[0], "{}");
    }

    private static string? Arguments(ServedTool tool)
    {
        var schema = SchemaBundler.Of(tool.Connector).Bundle(tool.Tool.InputSchema).ToElement();
        if (schema.ValueKind != JsonValueKind.Object)
            return null;
        if (
            schema.TryGetProperty("examples"u8, out var examples)
            && examples.ValueKind == JsonValueKind.Array
            && examples.GetArrayLength() > 0
        )
            return examples[0].GetRawText();
        var arguments = new JsonObject();
        if (schema.TryGetProperty("required"u8, out var required) && required.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in required.EnumerateArray())
                arguments[name.GetString()!] = Value(name.GetString()!, schema);
        }
        var text = arguments.ToJsonString(Relaxed);
        return JsonSchema.Compile(schema).IsValid(JsonElement.Parse(text)) ? text : null;
    }

    private static JsonNode? Value(string name, JsonElement schema)
    {
        if (
            !schema.TryGetProperty("properties"u8, out var properties)
            || properties.ValueKind != JsonValueKind.Object
            || !properties.TryGetProperty(name, out var property)
            || property.ValueKind != JsonValueKind.Object
        )
            return name;
        foreach (var keyword in (string[])["examples", "enum"])
        {
            if (
                property.TryGetProperty(keyword, out var values)
                && values.ValueKind == JsonValueKind.Array
                && values.GetArrayLength() > 0
            )
                return JsonNode.Parse(values[0].GetRawText());
        }
        if (property.TryGetProperty("default"u8, out var usual))
            return JsonNode.Parse(usual.GetRawText());
        return property.TryGetProperty("type"u8, out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString() switch
            {
                "integer" or "number" => 1,
                "boolean" => true,
                "array" => new JsonArray(),
                "object" => new JsonObject(),
                _ => name.ToUpperInvariant(),
            }
            : name.ToUpperInvariant();
    }
}
