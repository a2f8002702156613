using System.Text.Json.Nodes;
using McpRuntime.Connectors.Listing;
using McpRuntime.Diagnostics;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>What a server of this runtime tells about a tool; see <see cref="ToolMeta"/>. Other servers tell nothing of it.</summary>
internal sealed class RemoteToolMeta(Tool tool)
{
    public string? Connector => Text(ToolMeta.Connector);

    public string? Endpoint => Text(ToolMeta.Endpoint);

    public string[] Tags => tool.Meta?[ToolMeta.Tags] is JsonArray tags
        ? [.. tags.OfType<JsonValue>().Where(tag => tag.TryGetValue<string>(out _)).Select(tag => UntrustedText.Clean(tag.GetValue<string>()))] : [];

    private string? Text(string name) =>
        tool.Meta?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? UntrustedText.Clean(text) : null;
}
