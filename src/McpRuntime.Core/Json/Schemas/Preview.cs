using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Json.Schemas;

/// <summary>Values and lists of names as messages show them: short.</summary>
internal static class Preview
{
    private const int MaxLength = 80;

    /// <summary>The JSON text of a value, cut at about 80 characters.</summary>
    public static string Of(JsonElement value)
    {
        var text = JsonMarshal.GetRawUtf8Value(value);
        // Not more is decoded than can be shown; a character has at most four bytes.
        var isCut = text.Length > MaxLength * 4;
        return Cut(Encoding.UTF8.GetString(isCut ? text[..(MaxLength * 4)] : text), isCut);
    }

    public static string Of(string text) => Cut(text, isCut: false);

    /// <summary>The nouns of a type: <c>null</c>, <c>a string</c>, …</summary>
    public static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "a boolean",
            _ => "null",
        };

    /// <summary><c>a</c>, <c>a or b</c>, <c>a, b or c</c>; cut after ten.</summary>
    public static string List(IReadOnlyList<string> words)
    {
        const int most = 10;
        if (words.Count <= 1)
            return words.Count == 0 ? "" : words[0];
        return words.Count > most
            ? $"{string.Join(", ", words.Take(most))} or {CountText.Of(words.Count - most, "other")}"
            : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";
    }

    private static string Cut(string text, bool isCut)
    {
        if (text.Length <= MaxLength)
            return isCut ? $"{text}…" : text;
        var end = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return $"{text.AsSpan(0, end)}…";
    }
}
