using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpRuntime.Calls.Serialization;

/// <summary>JSON values as the text that goes into a parameter (OpenAPI 3.1.1 appendix B).</summary>
internal static class ScalarText
{
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>
    /// The text of a value; null for JSON <c>null</c>, which is undefined in RFC 6570 and left out. Numbers keep every
    /// digit. What no style can nest (an object in an array's item, say) goes as compact JSON.
    /// </summary>
    /// <exception cref="BadValueException">A string holds half of a surrogate pair, which is not a
    /// character.</exception>
    public static string? Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => OfString(value),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Object or JsonValueKind.Array => Json(value),
            _ => null,
        };

    /// <summary>Compact JSON, numbers to the digit, without line breaks.</summary>
    public static string Json(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Compact))
            WriteTo(writer, value);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Compact JSON of ASCII characters only, for header fields.</summary>
    public static string AsciiJson(JsonElement value)
    {
        var text = Json(value);
        if (System.Text.Ascii.IsValid(text))
            return text;
        // Beyond ASCII there are only characters of strings, where an escape means the same.
        var ascii = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (c < 0x80)
                ascii.Append(c);
            else
                ascii.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }
        return ascii.ToString();
    }

    private static string OfString(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new BadValueException(BadValueException.HalfSurrogate);
        }
    }

    private static void WriteTo(Utf8JsonWriter writer, JsonElement value)
    {
        try
        {
            value.WriteTo(writer);
        }
        catch (InvalidOperationException)
        {
            throw new BadValueException(BadValueException.HalfSurrogate);
        }
    }
}
