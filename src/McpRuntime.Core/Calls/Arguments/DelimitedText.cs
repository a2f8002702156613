using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Calls.Serialization;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Arguments;

/// <summary>An array as a request writes it: its items in one text (<c>70,151,12</c>).</summary>
internal static class DelimitedText
{
    /// <summary>
    /// The items of a text, as strings or, where those do not fit, as the numbers and booleans that they spell; null
    /// where the text has no delimiter, is JSON, or neither fits.
    /// </summary>
    /// <param name="value">A value; only a string has items.</param>
    /// <param name="delimiter">What is between the items. Space around commas and pipes is not part of them.</param>
    /// <param name="fits">Judges an array.</param>
    public static JsonElement? Split(JsonElement value, ArrayDelimiter delimiter, Func<JsonElement, bool> fits)
    {
        var separator = Delimiters.Plain(delimiter);
        if (
            Of(value) is not { } text
            || !text.Contains(separator, StringComparison.Ordinal)
            || ValueConversion.Parse(text) is not null
        )
            return null;
        var items = text.Split(
            separator,
            delimiter is ArrayDelimiter.Comma or ArrayDelimiter.Pipe
                ? StringSplitOptions.TrimEntries
                : StringSplitOptions.None
        );
        var texts = Array(items.Select(item => (JsonNode?)item));
        if (fits(texts))
            return texts;
        var values = Array(
            items.Select(item =>
                ValueConversion.Parse(item) is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) } scalar
                    ? JsonValue.Create(scalar)
                    : (JsonNode?)item
            )
        );
        return fits(values) ? values : null;
    }

    /// <summary>
    /// The text of a string; null for other values and for half of a surrogate pair, which its writer refuses.
    /// </summary>
    public static string? Of(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement Array(IEnumerable<JsonNode?> items) =>
        JsonElement.Parse(new JsonArray([.. items]).ToJsonString());
}
