using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Connectors.Listing;

/// <summary>
/// An output schema in which everything is optional and may be null: clients refuse an answer that does not fit what
/// they were told, and answers are shortened, reduced to a selection, or other than their document says.
/// </summary>
internal static class RelaxedSchema
{
    // What may not be there, or must not be.
    private static readonly HashSet<string> Dropped =
    [
        "required",
        "minItems",
        "minProperties",
        "minContains",
        "maxContains",
        "contains",
        "uniqueItems",
        "dependentRequired",
        "dependentSchemas",
        "dependencies",
        "not",
        "if",
        "then",
        "else",
        "unevaluatedProperties",
        "unevaluatedItems",
    ];

    public static JsonText Of(JsonText schema)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(schema.Utf8.Length);
        using (var writer = new Utf8JsonWriter(buffer, RelaxedJson.Options))
            Write(writer, schema.ToElement(), isRoot: true);
        return new JsonText(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement schema, bool isRoot = false)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            writer.WriteBooleanValue(true);
            return;
        }
        writer.WriteStartObject();
        foreach (var member in schema.EnumerateObject())
        {
            if (!Dropped.Contains(member.Name))
                WriteMember(writer, schema, member, isRoot);
        }
        writer.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter writer, JsonElement schema, JsonProperty member, bool isRoot)
    {
        switch (member.Name)
        {
            case "type" when !isRoot:
                writer.WritePropertyName("type"u8);
                WriteWithNull(writer, member.Value, nothing: "null");
                break;
            case "const":
            case "enum":
                if (member.NameEquals("const"u8) && schema.TryGetProperty("enum"u8, out _))
                    break;
                writer.WritePropertyName("enum"u8);
                if (member.NameEquals("const"u8))
                    WriteConst(writer, member.Value);
                else
                    WriteWithNull(writer, member.Value, nothing: null);
                break;
            case "properties" or "patternProperties" or "$defs" or "definitions":
                writer.WriteStartObject(member.Name);
                if (member.Value.ValueKind == JsonValueKind.Object)
                {
                    foreach (var part in member.Value.EnumerateObject())
                    {
                        writer.WritePropertyName(part.Name);
                        Write(writer, part.Value);
                    }
                }
                writer.WriteEndObject();
                break;
            case "oneOf" or "anyOf" or "allOf" or "prefixItems":
                // What is optional may fit several alternatives.
                if (member.NameEquals("oneOf"u8) && schema.TryGetProperty("anyOf"u8, out _))
                    break;
                writer.WriteStartArray(member.NameEquals("oneOf"u8) ? "anyOf" : member.Name);
                if (member.Value.ValueKind == JsonValueKind.Array)
                {
                    foreach (var part in member.Value.EnumerateArray())
                        Write(writer, part);
                }
                writer.WriteEndArray();
                break;
            case "items" or "additionalProperties":
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value);
                break;
            default:
                member.WriteTo(writer);
                break;
        }
    }

    private static void WriteConst(Utf8JsonWriter writer, JsonElement value)
    {
        writer.WriteStartArray();
        value.WriteTo(writer);
        if (value.ValueKind != JsonValueKind.Null)
            writer.WriteNullValue();
        writer.WriteEndArray();
    }

    // nothing: the text that stands for null; null for null itself.
    private static void WriteWithNull(Utf8JsonWriter writer, JsonElement values, string? nothing)
    {
        var hasNull = false;
        writer.WriteStartArray();
        foreach (var value in values.ValueKind == JsonValueKind.Array ? [.. values.EnumerateArray()] : new[] { values })
        {
            hasNull |= nothing is null ? value.ValueKind == JsonValueKind.Null : value.ValueEquals(nothing);
            value.WriteTo(writer);
        }
        if (!hasNull && nothing is null)
            writer.WriteNullValue();
        else if (!hasNull)
            writer.WriteStringValue(nothing);
        writer.WriteEndArray();
    }
}
