using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// The keywords that hold values instead of schemas, in the spelling of 2020-12. Every method answers whether the
/// value can be a value of its keyword; a false one is left out and reported.
/// </summary>
internal static class ValueKeywords
{
    private static ReadOnlySpan<JsonTypes> Order =>
        [
            JsonTypes.String,
            JsonTypes.Integer,
            JsonTypes.Number,
            JsonTypes.Boolean,
            JsonTypes.Array,
            JsonTypes.Object,
            JsonTypes.Null,
        ];

    /// <summary>Writes <c>type</c>: unknown names go, <c>null</c> joins where the schema is nullable.</summary>
    internal static bool WriteType(Utf8JsonWriter json, JsonElement type, bool nullable)
    {
        if (type.ValueKind == JsonValueKind.Array)
            return WriteTypes(json, type, nullable);
        // The type null without quotes, where it means that.
        if (type.ValueKind == JsonValueKind.Null)
        {
            json.WriteString("type"u8, "null"u8);
            return true;
        }
        var name = TypeName(type);
        if (name.IsEmpty)
            return false;
        if (!nullable || name.SequenceEqual("null"u8))
        {
            json.WriteString("type"u8, name);
            return true;
        }
        json.WriteStartArray("type"u8);
        json.WriteStringValue(name);
        json.WriteStringValue("null"u8);
        json.WriteEndArray();
        return true;
    }

    /// <summary>Writes types in the place of what the document has.</summary>
    internal static void WriteTypes(Utf8JsonWriter json, JsonTypes types)
    {
        if (BitOperations.IsPow2((int)types))
        {
            json.WriteString("type"u8, NameOf(types));
            return;
        }
        json.WriteStartArray("type"u8);
        foreach (var type in Order)
        {
            if ((types & type) != 0)
                json.WriteStringValue(NameOf(type));
        }
        json.WriteEndArray();
    }

    /// <summary>Writes <c>enum</c> of JSON texts.</summary>
    internal static void WriteEnum(Utf8JsonWriter json, List<string> texts, bool nullable)
    {
        json.WriteStartArray("enum"u8);
        foreach (var text in texts)
            json.WriteRawValue(text, skipInputValidation: true);
        if (nullable && !texts.Contains("null"))
            json.WriteNullValue();
        json.WriteEndArray();
    }

    /// <summary>Writes <c>enum</c>; values of a string are strings, even where the author forgot the quotes.</summary>
    internal static bool WriteEnum(Utf8JsonWriter json, JsonElement values, in SchemaShape shape, bool nullable)
    {
        if (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0)
            return false;
        var isText = shape.Type.ValueKind == JsonValueKind.String && shape.Type.ValueEquals("string"u8);
        var hasNull = false;
        json.WriteStartArray("enum"u8);
        foreach (var value in values.EnumerateArray())
        {
            hasNull |= value.ValueKind == JsonValueKind.Null;
            if (isText && value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                json.WriteStringValue(value.GetRawText());
            else
                value.WriteTo(json);
        }
        // The narrow reading of 3.0.3, that an enum without null refuses it, would leave `nullable` without any effect.
        if (nullable && !hasNull)
            json.WriteNullValue();
        json.WriteEndArray();
        return true;
    }

    /// <summary>A bound and its exclusive form: its own number in 2020-12, a flag next to the bound before.</summary>
    internal static bool WriteBound(
        Utf8JsonWriter json,
        ReadOnlySpan<byte> inclusive,
        ReadOnlySpan<byte> exclusive,
        JsonElement bound,
        JsonElement isExclusive
    )
    {
        if (bound.ValueKind != JsonValueKind.Number)
            return false;
        json.WritePropertyName(isExclusive.ValueKind == JsonValueKind.True ? exclusive : inclusive);
        bound.WriteTo(json);
        return true;
    }

    internal static bool WriteExclusive(Utf8JsonWriter json, ReadOnlySpan<byte> keyword, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return true;
        return WriteNumber(json, keyword, value);
    }

    internal static bool WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
            return false;
        json.WritePropertyName(keyword);
        value.WriteTo(json);
        return true;
    }

    internal static bool WritePositive(Utf8JsonWriter json, ReadOnlySpan<byte> keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number)
        && number > 0
        && WriteNumber(json, keyword, value);

    internal static bool WriteCount(Utf8JsonWriter json, ReadOnlySpan<byte> keyword, JsonElement value)
    {
        if (
            value.ValueKind != JsonValueKind.Number
            || !value.TryGetDouble(out var number)
            || number < 0
            || number != Math.Floor(number)
        )
            return false;
        json.WritePropertyName(keyword);
        value.WriteTo(json);
        return true;
    }

    internal static bool WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> keyword, JsonElement value)
    {
        if (JsonRead.Text(value) is not { } text)
            return false;
        if (text.Length > 0)
            json.WriteString(keyword, text);
        return true;
    }

    /// <summary>False says nothing and is left out.</summary>
    internal static bool WriteFlag(Utf8JsonWriter json, ReadOnlySpan<byte> keyword, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.True)
            json.WriteBoolean(keyword, true);
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False;
    }

    internal static void WriteAny(Utf8JsonWriter json, ReadOnlySpan<byte> keyword, JsonElement value)
    {
        json.WritePropertyName(keyword);
        value.WriteTo(json);
    }

    /// <summary>
    /// The type of JSON Schema; empty where there is none of that name. A file of OpenAPI 2.0 is a string.
    /// </summary>
    internal static ReadOnlySpan<byte> TypeName(JsonElement type)
    {
        if (type.ValueKind != JsonValueKind.String)
            return default;
        var name = JsonMarshal.GetRawUtf8Value(type)[1..^1];
        return name.Length switch
        {
            4 => name.SequenceEqual("null"u8) ? "null"u8
            : name.SequenceEqual("file"u8) ? "string"u8
            : default,
            5 => name.SequenceEqual("array"u8) ? "array"u8 : default,
            6 => name.SequenceEqual("string"u8) ? "string"u8
            : name.SequenceEqual("object"u8) ? "object"u8
            : name.SequenceEqual("number"u8) ? "number"u8
            : default,
            7 => name.SequenceEqual("integer"u8) ? "integer"u8
            : name.SequenceEqual("boolean"u8) ? "boolean"u8
            : default,
            _ => default,
        };
    }

    private static ReadOnlySpan<byte> NameOf(JsonTypes type) =>
        type switch
        {
            JsonTypes.String => "string"u8,
            JsonTypes.Integer => "integer"u8,
            JsonTypes.Number => "number"u8,
            JsonTypes.Boolean => "boolean"u8,
            JsonTypes.Array => "array"u8,
            JsonTypes.Object => "object"u8,
            _ => "null"u8,
        };

    private static bool WriteTypes(Utf8JsonWriter json, JsonElement types, bool nullable)
    {
        Span<bool> seen = stackalloc bool[128];
        var complete = types.GetArrayLength() > 0;
        var count = 0;
        foreach (var type in types.EnumerateArray())
        {
            var name = type.ValueKind == JsonValueKind.Null ? "null"u8 : TypeName(type);
            if (name.IsEmpty)
            {
                complete = false;
                continue;
            }
            // The second letter and the length of a type's name tell it from all others.
            ref var isSeen = ref seen[(name[1] & 15) * 8 + name.Length];
            if (isSeen)
                continue;
            isSeen = true;
            if (count++ == 0)
                json.WriteStartArray("type"u8);
            json.WriteStringValue(name);
        }
        if (count == 0)
            return false;
        if (nullable && !seen[('u' & 15) * 8 + 4])
            json.WriteStringValue("null"u8);
        json.WriteEndArray();
        return complete;
    }
}
