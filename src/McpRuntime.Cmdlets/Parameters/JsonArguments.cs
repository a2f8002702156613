using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>
/// The arguments of a call as JSON, the same however a value was given: by parameter, by <c>-Argument</c> or through
/// the pipeline.
/// </summary>
internal static class JsonArguments
{
    // As it is written it goes into a body: an escaped + is the same text, but not what was given.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="arguments">Values by name; of several names that differ only in case the last counts.</param>
    /// <param name="tool">The arguments that the tool has.</param>
    /// <returns>An object.</returns>
    /// <exception cref="McpRuntimeException">A value cannot be written as JSON.</exception>
    public static JsonElement From(IEnumerable<KeyValuePair<string, object?>> arguments, ToolArguments tool)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
            values[tool.Resolve(name)] = value;
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Plain))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in values)
                Write(writer, name, value, tool.SchemaOf(name));
            writer.WriteEndObject();
        }
        return JsonElement.Parse(output.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, string name, object? value, ValueSchema schema)
    {
        writer.WritePropertyName(name);
        try
        {
            ValueWriter.Write(writer, value, schema);
        }
        catch (McpRuntimeException exception)
        {
            throw new McpRuntimeException($"Argument '{name}': {exception.Message}", exception);
        }
    }
}
