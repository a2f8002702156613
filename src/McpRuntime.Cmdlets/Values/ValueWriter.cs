using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Security;
using System.Text.Json;
using System.Xml;

namespace McpRuntime.Cmdlets.Values;

/// <summary>
/// PowerShell's objects as JSON. The schema settles what PowerShell leaves open: dates, text of a CSV file that should
/// be a number, one item where a list is asked for, the content of a file.
/// </summary>
internal static class ValueWriter
{
    private const int MaxDepth = 64;

    /// <exception cref="McpRuntimeException">The value cannot be written as JSON.</exception>
    public static void Write(Utf8JsonWriter writer, object? value, ValueSchema schema) =>
        Write(writer, value, schema, 1);

    private static void Write(Utf8JsonWriter writer, object? value, ValueSchema schema, int depth)
    {
        if (depth > MaxDepth)
            throw new McpRuntimeException(
                $"It is nested more than {MaxDepth} levels deep; an object that contains itself cannot be "
                    + $"written as JSON."
            );
        var plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (IsNothing(value, plain))
            writer.WriteNullValue();
        else if (IsOneOfAList(plain!, schema))
            WriteList(writer, new[] { value }, schema, depth);
        else if (schema.IsText && NumberText.TextOf(value) is { } typed)
            writer.WriteStringValue(typed);
        else if ((NumberText.AsTyped(value) ?? NumberText.Of(plain)) is { } number)
            WriteNumber(writer, number, schema);
        else
            WritePlain(writer, plain!, schema, depth);
    }

    private static void WritePlain(Utf8JsonWriter writer, object plain, ValueSchema schema, int depth)
    {
        switch (plain)
        {
            case JsonNumber number:
                WriteNumber(writer, number.Text, schema);
                break;
            case string text:
                WriteText(writer, text, schema);
                break;
            case double or float or Half:
                throw new McpRuntimeException(
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"The number {plain} cannot be written as JSON."
                    )
                );
            case bool or SwitchParameter:
                WriteFlag(writer, plain is true or SwitchParameter { IsPresent: true }, schema);
                break;
            case DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan:
                WriteTime(writer, plain, schema);
                break;
            case Enum choice:
                WriteEnum(writer, choice, schema);
                break;
            case byte[] or FileInfo when schema.IsFile:
                WriteFile(writer, plain);
                break;
            case byte[] bytes when schema.Names("array"):
                WriteList(writer, bytes, schema, depth);
                break;
            case SecureString or PSCredential:
                throw ValueText.Secret();
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case IDictionary table:
                WriteObject(
                    writer,
                    table.Keys.Cast<object>().Select(key => KeyValuePair.Create(key.ToString() ?? "", table[key])),
                    schema,
                    depth
                );
                break;
            case PSObject custom:
                WriteObject(writer, Members(custom), schema, depth);
                break;
            case IEnumerable list and not (byte[] or XmlNode):
                WriteList(writer, list, schema, depth);
                break;
            default:
                WriteOther(writer, plain, schema, depth);
                break;
        }
    }

    private static void WriteOther(Utf8JsonWriter writer, object plain, ValueSchema schema, int depth)
    {
        if (ValueText.Of(plain, schema) is { } text)
            writer.WriteStringValue(text);
        // An object of a class of PowerShell or .NET, whose type's name says nothing.
        else if (!schema.Names("string") || plain.ToString() == plain.GetType().ToString())
            WriteObject(writer, Members(PSObject.AsPSObject(plain)), schema, depth);
        else
            writer.WriteStringValue(Convert.ToString(plain, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void WriteText(Utf8JsonWriter writer, string text, ValueSchema schema)
    {
        if (schema.Allows("string"))
            writer.WriteStringValue(schema.Spelled(text));
        else if (schema.Names("boolean") && bool.TryParse(text, out var flag))
            writer.WriteBooleanValue(flag);
        else if (schema.IsNumeric && NumberText.IsNumber(text))
            WriteNumber(writer, text, schema);
        else if (schema.Names("null") && text.Length == 0)
            writer.WriteNullValue();
        else
            writer.WriteStringValue(text);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string number, ValueSchema schema)
    {
        if (
            number is "0" or "1"
            && schema.Names("boolean")
            && !schema.Names("number")
            && !schema.Names("integer")
            && !schema.Names("string")
        )
            writer.WriteBooleanValue(number == "1");
        else if (schema.IsText)
            writer.WriteStringValue(number);
        else
            writer.WriteRawValue(
                schema.Names("integer") && !schema.Names("number") ? NumberText.Integer(number) ?? number : number
            );
    }

    private static void WriteFlag(Utf8JsonWriter writer, bool flag, ValueSchema schema)
    {
        if (!schema.Allows("boolean") && schema.Names("string"))
            writer.WriteStringValue(schema.Spelled(flag ? "true" : "false"));
        else
            writer.WriteBooleanValue(flag);
    }

    private static void WriteTime(Utf8JsonWriter writer, object time, ValueSchema schema)
    {
        if (ValueText.UnixTime(time, schema) is { } seconds)
        {
            if (schema.IsNumeric)
                writer.WriteRawValue(seconds);
            else
                writer.WriteStringValue(seconds);
        }
        else if (schema.IsNumeric)
        {
            throw new McpRuntimeException(
                $"A {time.GetType().Name} cannot be converted to a number: the schema does not define the "
                    + $"unit. Give the number itself, such as ([datetimeoffset] $time).ToUnixTimeSeconds() or "
                    + $"$span.TotalSeconds."
            );
        }
        else
        {
            writer.WriteStringValue(ValueText.Of(time, schema));
        }
    }

    private static void WriteEnum(Utf8JsonWriter writer, Enum choice, ValueSchema schema)
    {
        if (schema.IsNumeric)
            writer.WriteRawValue(choice.ToString("D"));
        else
            writer.WriteStringValue(ValueText.Of(choice, schema));
    }

    private static void WriteFile(Utf8JsonWriter writer, object file)
    {
        writer.WriteStartObject();
        if (file is FileInfo named)
            writer.WriteString("filename"u8, named.Name);
        writer.WriteBase64String("base64"u8, file as byte[] ?? FileContent.Read((FileInfo)file));
        writer.WriteEndObject();
    }

    private static void WriteObject(
        Utf8JsonWriter writer,
        IEnumerable<KeyValuePair<string, object?>> members,
        ValueSchema schema,
        int depth
    )
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, value, schema.Property(name), depth + 1);
        }
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable items, ValueSchema schema, int depth)
    {
        var each = schema.Items();
        writer.WriteStartArray();
        foreach (var item in items)
            Write(writer, item, each, depth + 1);
        writer.WriteEndArray();
    }

    private static bool IsNothing(object? value, object? plain) =>
        plain is null or DBNull || ReferenceEquals(value, AutomationNull.Value);

    // Items of a list are given as a list, or as the one that there is.
    private static bool IsOneOfAList(object plain, ValueSchema schema)
    {
        if (!schema.Names("array"))
            return false;
        return plain switch
        {
            string text => !schema.Names("string") && !(schema.Names("null") && text.Length == 0),
            IDictionary => !schema.Names("object"),
            PSObject => !schema.Names("object"),
            byte[] => !schema.Items().IsNumeric && !schema.Names("string"),
            XmlNode => true,
            _ => plain is not IEnumerable,
        };
    }

    private static IEnumerable<KeyValuePair<string, object?>> Members(PSObject custom)
    {
        foreach (var property in custom.Properties)
        {
            if (
                property.MemberType
                is not (
                    PSMemberTypes.NoteProperty
                    or PSMemberTypes.Property
                    or PSMemberTypes.ScriptProperty
                    or PSMemberTypes.AliasProperty
                )
            )
                continue;
            object? value;
            try
            {
                value = property.Value;
            }
            catch (GetValueException exception)
            {
                throw new McpRuntimeException(
                    $"The property '{property.Name}' cannot be read: {exception.Message}",
                    exception
                );
            }
            yield return KeyValuePair.Create(property.Name, (object?)value);
        }
    }
}
