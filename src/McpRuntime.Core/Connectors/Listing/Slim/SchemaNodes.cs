using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>Schemas as nodes, to the depth that schemas have.</summary>
internal static class SchemaNodes
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1024 };

    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> text) => JsonNode.Parse(text, documentOptions: Options);
}
