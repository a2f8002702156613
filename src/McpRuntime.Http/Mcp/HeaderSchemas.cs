using System.Runtime.CompilerServices;
using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Http.Access;
using McpRuntime.Json;

namespace McpRuntime.Http.Mcp;

/// <summary>Finds out, once a tool, whether its schema asks for headers; hardly any does.</summary>
internal sealed class HeaderSchemas(GatewayToolSource source)
{
    private readonly ConditionalWeakTable<object, StrongBox<JsonElement?>> _known = [];

    /// <summary>The input schema of a tool that asks for headers; null for any other.</summary>
    public JsonElement? Find(Caller caller, string name)
    {
        var list = source.For(caller);
        foreach (var tool in list.BuiltIns)
        {
            if (tool.Name == name)
                return Known(tool, tool.InputSchema);
        }
        return list.Catalog.TryGet(name, out ServedTool? served) ? Known(served, served.Tool.InputSchema) : null;
    }

    private JsonElement? Known(object tool, JsonText schema) =>
        _known
            .GetValue(tool, _ => new StrongBox<JsonElement?>(
                schema.Utf8.Span.IndexOf("\"x-mcp-header\""u8) >= 0 ? schema.ToElement() : null
            ))
            .Value;
}
