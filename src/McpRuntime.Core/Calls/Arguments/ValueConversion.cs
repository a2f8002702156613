using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Arguments;

/// <summary>
/// A value that was given in another JSON type than its schema wants: text for a number, a boolean, an object or an
/// array, one value for an array, delimited text for its items. Only where the value does not fit as given, and where
/// exactly one conversion does: where two would do, no one can know which was meant.
/// </summary>
internal static class ValueConversion
{
    private const int LongestNumber = 400;

    /// <summary>
    /// The value to send instead; null where it fits as given, or where none or more than one conversion fits.
    /// </summary>
    /// <param name="value">The value as given.</param>
    /// <param name="schemas">All that it must fit.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="takesText">A number or boolean that is written as text is as good as its text.</param>
    public static JsonElement? Find(
        JsonElement value,
        IReadOnlyCollection<SchemaNode> schemas,
        WrittenForm form,
        bool takesText
    )
    {
        if (Fits(value, schemas, KeywordKinds.Type | KeywordKinds.Value))
            return null;
        var candidates = Candidates(value, schemas, form, takesText);
        var exact = candidates.FindAll(candidate => Fits(candidate, schemas, KeywordKinds.All));
        if (exact.Count > 0)
            return Only(exact);
        if (
            form is { IsText: true, Delimiter: null }
            && DelimitedText.Split(value, ArrayDelimiter.Comma, items => Fits(items, schemas, KeywordKinds.All))
                is { } split
        )
            return split;
        // Of the right type, if not in every detail: what else is wrong is found, and said, afterwards.
        if (Fits(value, schemas, KeywordKinds.Type))
            return null;
        var typed = candidates.FindAll(candidate => Fits(Outside(candidate, value), schemas, KeywordKinds.Type));
        return typed.Count > 0
            ? Only(typed)
            : Only(
                candidates
                    .FindAll(candidate => candidate.ValueKind != JsonValueKind.Array)
                    .ConvertAll(InArray)
                    .FindAll(candidate => Fits(candidate, schemas, KeywordKinds.Type))
            );
    }

    private static JsonElement? Only(List<JsonElement> candidates) => candidates.Count == 1 ? candidates[0] : null;

    // What is inside of JSON text is judged, and converted, when the text has become an object or array.
    private static JsonElement Outside(JsonElement candidate, JsonElement given) =>
        (candidate.ValueKind, given.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.String) => JsonElement.Parse("{}"u8),
            (JsonValueKind.Array, JsonValueKind.String) when JsonMarshal.GetRawUtf8Value(given)[1] == '[' =>
                JsonElement.Parse("[]"u8),
            _ => candidate,
        };

    private static bool Fits(JsonElement value, IReadOnlyCollection<SchemaNode> schemas, KeywordKinds kinds)
    {
        foreach (var schema in schemas)
        {
            if (!schema.Fits(value, SchemaSubject.Arguments, kinds))
                return false;
        }
        return true;
    }

    private static List<JsonElement> Candidates(
        JsonElement value,
        IReadOnlyCollection<SchemaNode> schemas,
        WrittenForm form,
        bool takesText
    )
    {
        var candidates = new List<JsonElement>(2);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                if (DelimitedText.Of(value) is not { } text)
                    break;
                var parsed = Parse(text);
                if (parsed is { } other)
                    candidates.Add(other);
                // JSON text of an array is that array, not its only item; and an item cannot hold what separates items.
                if (parsed is not { ValueKind: JsonValueKind.Array })
                    candidates.Add(Delimited(value, schemas, form) ?? InArray(value));
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                if (takesText && form.IsText)
                    candidates.Add(JsonElement.Parse(Encoding.UTF8.GetBytes($"\"{value.GetRawText()}\"")));
                candidates.Add(InArray(value));
                break;
            case JsonValueKind.Object:
                candidates.Add(InArray(value));
                break;
        }
        return candidates;
    }

    private static JsonElement? Delimited(
        JsonElement text,
        IReadOnlyCollection<SchemaNode> schemas,
        WrittenForm form
    ) =>
        form.Delimiter is not { } delimiter
            ? null
            : DelimitedText.Split(text, delimiter, items => Fits(items, schemas, KeywordKinds.All))
                ?? DelimitedText.Split(text, delimiter, items => Fits(items, schemas, KeywordKinds.Type));

    // Every digit stays: the text of a number is its JSON.
    internal static JsonElement? Parse(string text)
    {
        var isContainer = text.AsSpan().TrimStart(" \t\r\n") is ['{' or '[', ..];
        if (
            !isContainer
            && (
                text.Length is 0 or > LongestNumber
                || !(char.IsAsciiDigit(text[0]) || text[0] == '-' || text is "true" or "false")
            )
        )
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

    private static JsonElement InArray(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var array = new byte[raw.Length + 2];
        array[0] = (byte)'[';
        raw.CopyTo(array.AsSpan(1));
        array[^1] = (byte)']';
        return JsonElement.Parse(array);
    }
}
