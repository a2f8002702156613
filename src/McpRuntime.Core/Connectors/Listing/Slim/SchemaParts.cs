using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>Takes a schema and its <c>$defs</c> apart without reading the definitions.</summary>
internal static class SchemaParts
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1024 };

    /// <summary>The schema without <c>$defs</c>; null for what is not an object.</summary>
    /// <param name="text">The schema.</param>
    /// <param name="shared">Knows definitions that were read before.</param>
    /// <param name="definitions">Gets those of this schema.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="ArgumentException">A definition comes twice.</exception>
    public static JsonObject? Take(
        ReadOnlySpan<byte> text,
        SharedDefinitions shared,
        Dictionary<string, SharedDefinition> definitions
    )
    {
        if (text.IndexOf("\"$defs\""u8) < 0)
            return SchemaNodes.Parse(text) as JsonObject;
        var reader = new Utf8JsonReader(text, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return null;
        var root = new ArrayBufferWriter<byte>(256);
        root.Write("{"u8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            if (reader.ValueTextEquals("$defs"u8))
            {
                reader.Read();
                ReadDefinitions(ref reader, text, shared, definitions);
                continue;
            }
            reader.Read();
            reader.Skip();
            if (root.WrittenCount > 1)
                root.Write(","u8);
            root.Write(text[start..(int)reader.BytesConsumed]);
        }
        root.Write("}"u8);
        return SchemaNodes.Parse(root.WrittenSpan) as JsonObject;
    }

    private static void ReadDefinitions(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> text,
        SharedDefinitions shared,
        Dictionary<string, SharedDefinition> definitions
    )
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            definitions.Add(name, shared.Of(name, text[start..(int)reader.BytesConsumed]));
        }
    }
}
