using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Manifests;
using McpRuntime.Validation.JsonSchemas;

namespace McpRuntime.Calls;

/// <summary>What a tool's arguments must look like, compiled once from its input schema.</summary>
internal sealed class InputContract
{
    // The definitions of a connector are prepared once for all its tools.
    private static readonly ConditionalWeakTable<ConnectorManifest, SchemaBundler> Bundlers = [];

    private static readonly JsonElement Empty = JsonElement.Parse("{}"u8);

    // Required arguments that need not be asked for: the only value that the schema allows, or the default. Optional
    // arguments are never filled in: absent stays absent, and the API applies its own default.
    private readonly List<KeyValuePair<string, JsonElement>> _fillIns;

    private readonly JsonSchema _schema;

    private InputContract(JsonSchema schema, List<KeyValuePair<string, JsonElement>> fillIns)
    {
        _schema = schema;
        _fillIns = fillIns;
    }

    public static InputContract Create(ConnectorManifest connector, ToolManifest tool)
    {
        var bundler = Bundlers.GetValue(connector, static owner => new SchemaBundler(owner.Definitions));
        var schema = bundler.Bundle(tool.InputSchema).ToElement();
        return new InputContract(JsonSchema.Compile(schema, SchemaSubject.Arguments), FindFillIns(schema));
    }

    /// <summary>The arguments with what need not be asked for.</summary>
    /// <exception cref="CallException">The arguments do not fit the schema; all violations at once.</exception>
    public JsonElement Complete(CallPlan plan, JsonElement arguments)
    {
        if (arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            arguments = Empty;
        if (arguments.ValueKind != JsonValueKind.Object)
            throw new CallException(RequestBuilder.Describe(plan, [$"They are {arguments.ValueKind.ToString().ToLowerInvariant()}, but must be an object with the arguments by name."]));
        arguments = FillIn(arguments);
        var violations = _schema.Evaluate(arguments);
        return violations.Count == 0
            ? arguments
            : throw new CallException(RequestBuilder.Describe(plan, [.. violations.Select(violation => violation.Message)]));
    }

    private JsonElement FillIn(JsonElement arguments)
    {
        if (_fillIns.Count == 0)
            return arguments;
        var missing = _fillIns.FindAll(value => !arguments.TryGetProperty(value.Key, out _));
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

    private static List<KeyValuePair<string, JsonElement>> FindFillIns(JsonElement schema)
    {
        var found = new List<KeyValuePair<string, JsonElement>>();
        if (schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("required", out var required) || required.ValueKind != JsonValueKind.Array
            || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return found;
        foreach (var name in required.EnumerateArray())
        {
            if (name.ValueKind == JsonValueKind.String && properties.TryGetProperty(name.GetString()!, out var property)
                && property.ValueKind == JsonValueKind.Object && OnlyValue(property) is { } value)
                found.Add(new(name.GetString()!, value));
        }
        return found;
    }

    private static JsonElement? OnlyValue(JsonElement schema)
    {
        if (schema.TryGetProperty("const", out var only))
            return only;
        if (schema.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() == 1)
            return choices[0];
        return schema.TryGetProperty("default", out var fallback) ? fallback : null;
    }
}
