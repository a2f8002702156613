using System.Text.Encodings.Web;
using System.Text.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>Values of <c>enum</c>, <c>const</c> and <c>default</c> as values of the schema's type.</summary>
internal static class TypedValue
{
    /// <summary>
    /// The JSON text of a value in one of the types; null where it fits none and means none. A text that spells a
    /// number or boolean is one where no text is allowed, and the other way round.
    /// </summary>
    /// <param name="value">As the document has it.</param>
    /// <param name="types">What the schema allows; none allows everything.</param>
    internal static string? Of(JsonElement value, JsonTypes types)
    {
        if (types == JsonTypes.None || types.Include(value))
            return value.GetRawText();
        return value.ValueKind switch
        {
            JsonValueKind.String => OfText(JsonRead.Text(value)?.Trim() ?? "", types),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when (types & JsonTypes.String) != 0 =>
                $"\"{value.GetRawText()}\"",
            JsonValueKind.Number when (types & JsonTypes.Boolean) != 0 => value.GetRawText() switch
            {
                "0" => "false",
                "1" => "true",
                _ => null,
            },
            _ => null,
        };
    }

    /// <summary>A text as JSON.</summary>
    internal static string Quoted(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string? OfText(string text, JsonTypes types)
    {
        if ((types & JsonTypes.Boolean) != 0 && text.ToLowerInvariant() is "true" or "false")
            return text.ToLowerInvariant();
        if ((types & JsonTypes.Null) != 0 && text == "null")
            return text;
        return
            (types & (JsonTypes.Number | JsonTypes.Integer)) != 0
            && Parse(text) is { ValueKind: JsonValueKind.Number } number
            && types.Include(number)
            ? text
            : null;
    }

    private static JsonElement? Parse(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] == '-'))
            return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
