using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Security;
using System.Text.Json;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// PowerShell's objects as the JSON arguments of a tool. The schema only settles what PowerShell leaves open: text from
/// a CSV file that should be a number, and one item where a list is asked for.
/// </summary>
internal static class JsonArguments
{
    private const int MaxDepth = 64;

    /// <exception cref="McpRuntimeException">A value has no form in JSON.</exception>
    public static JsonElement From(IEnumerable<KeyValuePair<string, object?>> arguments, JsonElement schema)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in arguments)
            {
                writer.WritePropertyName(name);
                Write(writer, value, PropertyOf(schema, name), 0);
            }
            writer.WriteEndObject();
        }
        return JsonElement.Parse(output.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, object? value, JsonElement schema, int depth)
    {
        if (depth > MaxDepth)
            throw new McpRuntimeException($"An argument is nested more than {MaxDepth} deep; an object that holds itself has no form in JSON.");
        var plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (plain is not (null or string or IDictionary) && Types(schema).Contains("array") && plain is not IEnumerable)
        {
            WriteList(writer, new[] { plain }, schema, depth);
            return;
        }
        switch (plain)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                WriteText(writer, text, schema, depth);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case SwitchParameter flag:
                writer.WriteBooleanValue(flag.IsPresent);
                break;
            case BigInteger big:
                writer.WriteRawValue(big.ToString(CultureInfo.InvariantCulture));
                break;
            case double or float when !double.IsFinite(Convert.ToDouble(plain, CultureInfo.InvariantCulture)):
                throw new McpRuntimeException($"The number {plain} has no form in JSON.");
            case byte or sbyte or short or ushort or int or uint or long or ulong or decimal or double or float:
                writer.WriteRawValue(((IFormattable)plain).ToString(null, CultureInfo.InvariantCulture));
                break;
            case DateTime time:
                writer.WriteStringValue(IsDate(schema) ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : time.ToString("O", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(IsDate(schema) ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : time.ToString("O", CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            case SecureString or PSCredential:
                throw new McpRuntimeException("An argument of a tool is no place for a secret: it would be logged with the call. Set it with Set-McpCredential.");
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case IDictionary table:
                WriteObject(writer, table.Keys.Cast<object>().Select(key => KeyValuePair.Create(key.ToString() ?? "", table[key])), schema, depth);
                break;
            case PSObject custom:
                WriteObject(writer, custom.Properties.Where(IsData).Select(property => KeyValuePair.Create(property.Name, (object?)property.Value)), schema, depth);
                break;
            case IEnumerable list:
                WriteList(writer, list, schema, depth);
                break;
            default:
                WriteText(writer, Convert.ToString(plain, CultureInfo.InvariantCulture) ?? "", schema, depth);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string text, JsonElement schema, int depth)
    {
        var types = Types(schema);
        if (types.Count == 0 || types.Contains("string"))
            writer.WriteStringValue(text);
        else if (types.Contains("boolean") && bool.TryParse(text, out var flag))
            writer.WriteBooleanValue(flag);
        else if ((types.Contains("integer") || types.Contains("number")) && IsNumber(text))
            writer.WriteRawValue(text);
        else if (types.Contains("array"))
            WriteList(writer, new[] { text }, schema, depth);
        else if (types.Contains("null") && text.Length == 0)
            writer.WriteNullValue();
        else
            writer.WriteStringValue(text);
    }

    private static void WriteObject(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members, JsonElement schema, int depth)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, value, PropertyOf(schema, name), depth + 1);
        }
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable items, JsonElement schema, int depth)
    {
        var itemSchema = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("items", out var found) ? found : default;
        writer.WriteStartArray();
        foreach (var item in items)
            Write(writer, item, itemSchema, depth + 1);
        writer.WriteEndArray();
    }

    // Only what JSON's own grammar takes as a number may go out as one.
    private static bool IsNumber(string text)
    {
        try
        {
            return JsonElement.Parse(text).ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsData(PSPropertyInfo property) =>
        property.MemberType is PSMemberTypes.NoteProperty or PSMemberTypes.Property or PSMemberTypes.ScriptProperty or PSMemberTypes.AliasProperty;

    private static bool IsDate(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("format", out var format)
        && format.ValueKind == JsonValueKind.String && format.ValueEquals("date"u8);

    private static JsonElement PropertyOf(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
        && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var property) ? property : default;

    internal static IReadOnlyList<string> Types(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type))
            return [];
        return type.ValueKind switch
        {
            JsonValueKind.String => [type.GetString()!],
            JsonValueKind.Array => [.. type.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
            _ => [],
        };
    }
}
