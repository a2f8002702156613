using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Calls.Answers;

/// <summary>
/// Shortens JSON that was not read to its end along its structure: whole values stay, the one that was cut goes, and
/// what is open is closed. The result is valid JSON.
/// </summary>
internal static class JsonCut
{
    /// <returns>The shortened value with a note about what is left out; null when not even its beginning is
    /// JSON.</returns>
    public static (JsonText Json, string Note)? Shorten(ReadOnlySpan<byte> beginning)
    {
        var output = new ArrayBufferWriter<byte>(beginning.Length + 64);
        var items = 0;
        try
        {
            var reader = new Utf8JsonReader(beginning, isFinalBlock: false, default);
            using var writer = new Utf8JsonWriter(
                output,
                new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            );
            var open = new Stack<bool>();
            string? name = null;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = reader.GetString();
                    continue;
                }
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    Close(writer, open.Pop());
                    continue;
                }
                // A name is written with its value: one whose value is cut must not stand alone.
                if (name is not null)
                    writer.WritePropertyName(name);
                name = null;
                if (open.Count == 1)
                    items++;
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    var isObject = reader.TokenType == JsonTokenType.StartObject;
                    open.Push(isObject);
                    if (isObject)
                        writer.WriteStartObject();
                    else
                        writer.WriteStartArray();
                }
                else
                {
                    writer.WriteRawValue(
                        Raw(beginning, reader.TokenStartIndex, reader.ValueSpan.Length, reader.TokenType),
                        skipInputValidation: true
                    );
                }
            }
            while (open.TryPop(out var isObject))
                Close(writer, isObject);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
        if (output.WrittenCount == 0)
            return null;
        var what = output.WrittenSpan[0] == (byte)'[' ? "items of the list" : "properties of the object";
        return (
            new JsonText(output.WrittenMemory),
            string.Create(
                CultureInfo.InvariantCulture,
                $"the first {items} {what} are shown, the last of them perhaps incomplete."
            )
        );
    }

    private static void Close(Utf8JsonWriter writer, bool isObject)
    {
        if (isObject)
            writer.WriteEndObject();
        else
            writer.WriteEndArray();
    }

    // The value's own text: numbers keep their digits, strings their escapes.
    private static ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> text, long start, int length, JsonTokenType type) =>
        text.Slice((int)start, type == JsonTokenType.String ? length + 2 : length);
}
