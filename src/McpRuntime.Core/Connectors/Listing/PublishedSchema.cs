using System.Buffers;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Connectors.Listing;

/// <summary>
/// Schemas in the shape that every client accepts. One tool whose schema is out of shape makes some clients refuse
/// the whole list, so what a manifest left open is completed here.
/// </summary>
internal static class PublishedSchema
{
    private static readonly byte[] AnyObject = """{"type":"object"}"""u8.ToArray();

    /// <summary>The schema with <c>"type": "object"</c> at its root, which MCP demands of input schemas.</summary>
    public static ReadOnlySpan<byte> ForInput(JsonText schema)
    {
        var text = schema.Utf8.Span;
        return HasObjectType(text) ? text : WithObjectType(text);
    }

    /// <summary>
    /// An output schema for revisions before 2026-07-28, which know objects only: any other is put under
    /// <c>result</c>, as the answer is.
    /// </summary>
    public static ReadOnlySpan<byte> ForOutput(JsonText schema)
    {
        var text = schema.Utf8.Span;
        if (HasObjectType(text))
            return text;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, RelaxedJson.Options))
        {
            var root = schema.ToElement();
            writer.WriteStartObject();
            writer.WriteString("type"u8, "object"u8);
            writer.WriteStartObject("properties"u8);
            writer.WritePropertyName("result"u8);
            WriteWithoutDefinitions(writer, root);
            writer.WriteEndObject();
            writer.WriteStartArray("required"u8);
            writer.WriteStringValue("result"u8);
            writer.WriteEndArray();
            // References are pointers from the root, so the shared schemas stay there.
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("$defs"u8, out var definitions))
            {
                writer.WritePropertyName("$defs"u8);
                definitions.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }

    private static void WriteWithoutDefinitions(Utf8JsonWriter writer, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            root.WriteTo(writer);
            return;
        }
        writer.WriteStartObject();
        foreach (var member in root.EnumerateObject())
        {
            if (!member.NameEquals("$defs"u8))
                member.WriteTo(writer);
        }
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> WithObjectType(ReadOnlySpan<byte> text)
    {
        var root = JsonElement.Parse(text);
        if (root.ValueKind != JsonValueKind.Object)
            return AnyObject;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, RelaxedJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "object"u8);
            foreach (var member in root.EnumerateObject())
            {
                if (!member.NameEquals("type"u8))
                    member.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }

    private static bool HasObjectType(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 1024 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
                return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("object"u8);
            reader.Skip();
        }
        return false;
    }
}
