using System.Text;
using System.Text.Json;
using McpRuntime.Http;

namespace McpRuntime.Calls.Serialization;

/// <summary>
/// Header arguments in the style simple. Header fields know no percent-encoding: values go as they are.
/// </summary>
internal static class FieldText
{
    /// <summary>The field's value; null where nothing is to be sent.</summary>
    /// <exception cref="BadValueException">The value could end the field.</exception>
    public static string? Of(PlannedArgument argument, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (argument.ContentType is not null)
            return Guard(MediaTypes.IsJson(argument.ContentType) ? ScalarText.AsciiJson(value) : ScalarText.Of(value)!);
        var text = value.ValueKind switch
        {
            JsonValueKind.Array => Join(argument, value),
            JsonValueKind.Object => JoinObject(argument, value),
            _ => ScalarText.Of(value),
        };
        return text is null ? null : Guard(text);
    }

    /// <summary>
    /// Refuses what RFC 9110 section 5.5 forbids in a field value; CR and LF would begin another field.
    /// </summary>
    public static string Guard(string text)
    {
        foreach (var c in text)
        {
            if ((c < ' ' && c != '\t') || c == 0x7F)
                throw new BadValueException(
                    $"holds the control character U+{(int)c:X4}, which a header field cannot carry; leave it out."
                );
        }
        return text;
    }

    private static string? Join(PlannedArgument argument, JsonElement array)
    {
        StringBuilder? joined = null;
        foreach (var item in array.EnumerateArray())
        {
            if (ItemText.Plain(item, argument.Items) is not { } text)
                continue;
            if (joined is null)
                joined = new StringBuilder();
            else
                joined.Append(Delimiters.Plain(argument.Delimiter));
            joined.Append(text);
        }
        return joined?.ToString();
    }

    private static string? JoinObject(PlannedArgument argument, JsonElement value)
    {
        StringBuilder? joined = null;
        foreach (var property in value.EnumerateObject())
        {
            if (ScalarText.Of(property.Value) is not { } text)
                continue;
            if (joined is null)
                joined = new StringBuilder();
            else
                joined.Append(',');
            joined.Append(property.Name).Append(argument.Explode ? '=' : ',').Append(text);
        }
        return joined?.ToString();
    }
}
