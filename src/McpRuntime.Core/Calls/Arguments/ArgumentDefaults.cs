using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpRuntime.Calls.Arguments;

/// <summary>
/// Required arguments that need not be asked for: the only value that the schema allows, or the default. Optional
/// arguments are never added: absent stays absent, and the API applies its own default.
/// </summary>
internal sealed class ArgumentDefaults
{
    private readonly List<KeyValuePair<string, JsonElement>> _values;

    private ArgumentDefaults(List<KeyValuePair<string, JsonElement>> values) => _values = values;

    /// <summary>The defaults of an input schema.</summary>
    public static ArgumentDefaults Of(JsonElement schema)
    {
        var found = new List<KeyValuePair<string, JsonElement>>();
        if (
            schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("required", out var required)
            || required.ValueKind != JsonValueKind.Array
            || !schema.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object
        )
            return new ArgumentDefaults(found);
        foreach (var name in required.EnumerateArray())
        {
            if (
                name.ValueKind == JsonValueKind.String
                && properties.TryGetProperty(name.GetString()!, out var property)
                && property.ValueKind == JsonValueKind.Object
                && OnlyValue(property) is { } value
            )
                found.Add(new(name.GetString()!, value));
        }
        return new ArgumentDefaults(found);
    }

    /// <summary>The arguments with what is missing and has a default.</summary>
    public JsonElement AddTo(JsonElement arguments)
    {
        if (_values.Count == 0)
            return arguments;
        var missing = _values.FindAll(value => !arguments.TryGetProperty(value.Key, out _));
        if (missing.Count == 0)
            return arguments;
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            foreach (var property in arguments.EnumerateObject())
                Write(writer, property.Name, property.Value);
            foreach (var (name, value) in missing)
                Write(writer, name, value);
            writer.WriteEndObject();
        }
        return JsonElement.Parse(output.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }

    private static JsonElement? OnlyValue(JsonElement schema)
    {
        if (schema.TryGetProperty("const", out var only))
            return only;
        if (
            schema.TryGetProperty("enum", out var choices)
            && choices.ValueKind == JsonValueKind.Array
            && choices.GetArrayLength() == 1
        )
            return choices[0];
        return schema.TryGetProperty("default", out var fallback) ? fallback : null;
    }
}
