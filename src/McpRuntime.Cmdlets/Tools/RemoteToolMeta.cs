using System.Text.Json.Nodes;
using McpRuntime.Connectors.Listing;
using McpRuntime.Diagnostics;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// What a server of this runtime tells about a tool; see <see cref="ToolMeta"/>. Other servers tell nothing of it.
/// </summary>
internal sealed class RemoteToolMeta(Tool tool)
{
    private readonly string?[] _told = tool.Meta?[ToolMeta.Key] is JsonArray told
        ?
        [
            .. told.Select(item =>
                item is JsonValue value && value.TryGetValue<string>(out var text) ? UntrustedText.Clean(text) : null
            ),
        ]
        : [];

    public string? Connector => _told.ElementAtOrDefault(0);

    public string? Endpoint => _told.ElementAtOrDefault(1);

    public string[] Tags => [.. _told.Skip(2).OfType<string>()];
}
