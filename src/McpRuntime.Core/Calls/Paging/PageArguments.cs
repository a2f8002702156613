using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace McpRuntime.Calls.Paging;

/// <summary>Arguments that ask for another page.</summary>
internal static class PageArguments
{
    /// <summary>The same arguments with another value of one.</summary>
    public static JsonElement With(JsonElement arguments, string name, JsonElement value) =>
        Write(arguments, name, value.WriteTo);

    /// <inheritdoc cref="With(JsonElement, string, JsonElement)"/>
    public static JsonElement With(JsonElement arguments, string name, long value) =>
        Write(arguments, name, writer => writer.WriteNumberValue(value));

    /// <summary>The same, of a text, as a number where it is one and the argument was one.</summary>
    public static JsonElement With(JsonElement arguments, string name, string value) =>
        arguments.ValueKind == JsonValueKind.Object
        && arguments.TryGetProperty(name, out var known)
        && known.ValueKind == JsonValueKind.Number
        && long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? With(arguments, name, number)
            : Write(arguments, name, writer => writer.WriteStringValue(value));

    /// <summary>A whole number that an argument has, also as a text.</summary>
    public static long? Number(JsonElement arguments, string name) =>
        arguments.ValueKind == JsonValueKind.Object
        && arguments.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && long.TryParse(value.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A value is sent as this text.</summary>
    public static bool IsText(JsonElement value, string text) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.ValueEquals(text),
            JsonValueKind.Number => value.GetRawText() == text,
            JsonValueKind.True or JsonValueKind.False => value.GetRawText() == text,
            _ => false,
        };

    /// <summary>The arguments that differ, as JSON: what a caller changes to go on.</summary>
    public static string Changes(JsonElement before, JsonElement now)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            writer.WriteStartObject();
            foreach (var argument in now.EnumerateObject())
            {
                if (
                    before.ValueKind == JsonValueKind.Object
                    && before.TryGetProperty(argument.Name, out var known)
                    && JsonElement.DeepEquals(known, argument.Value)
                )
                    continue;
                argument.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static JsonWriterOptions Options { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonElement Write(JsonElement arguments, string name, Action<Utf8JsonWriter> value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            writer.WriteStartObject();
            if (arguments.ValueKind == JsonValueKind.Object)
            {
                foreach (var argument in arguments.EnumerateObject())
                {
                    if (argument.Name != name)
                        argument.WriteTo(writer);
                }
            }
            writer.WritePropertyName(name);
            value(writer);
            writer.WriteEndObject();
        }
        return JsonElement.Parse(output.WrittenSpan);
    }
}
