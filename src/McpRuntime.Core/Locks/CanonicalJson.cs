using System.Buffers;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Locks;

/// <summary>
/// JSON on one line with the members of objects in the order of their names, so that formatting makes no difference.
/// Numbers stay as they are written.
/// </summary>
internal static class CanonicalJson
{
    public static JsonElement Of(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, RelaxedJson.Options))
            Write(writer, value);
        return JsonElement.Parse(output.WrittenSpan);
    }

    /// <summary>SHA-256 of a canonical value, as <c>sha256:HEX</c>.</summary>
    public static string HashOf(JsonElement canonical) => Sha256Text.Of(JsonText.From(canonical).Utf8.Span);

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                // Whatever escapes the text had.
                writer.WriteStringValue(value.GetString());
                break;
            default:
                writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                break;
        }
    }
}
