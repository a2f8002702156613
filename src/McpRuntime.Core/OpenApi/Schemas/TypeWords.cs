using System.Text.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>What a word in <c>type</c> means.</summary>
/// <param name="Types">JSON types; none allows any value.</param>
/// <param name="Format">A format that the word implies; null for none.</param>
/// <param name="Items">Types of the items of an array such as <c>string[]</c>; none where the word does not
/// say.</param>
internal readonly record struct TypeMeaning(JsonTypes Types, string? Format = null, JsonTypes Items = JsonTypes.None);

/// <summary>
/// Reads words in <c>type</c> that are not JSON Schema's: names of programming languages and databases, formats in the
/// place of types, other cases, unions and element types. Authors and generators write them, and what they mean is
/// plain.
/// </summary>
internal static class TypeWords
{
    private static readonly Dictionary<string, TypeMeaning> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["string"] = new(JsonTypes.String),
        ["str"] = new(JsonTypes.String),
        ["text"] = new(JsonTypes.String),
        ["char"] = new(JsonTypes.String),
        ["varchar"] = new(JsonTypes.String),
        ["character"] = new(JsonTypes.String),
        ["password"] = new(JsonTypes.String, "password"),
        ["date"] = new(JsonTypes.String, "date"),
        ["date-time"] = new(JsonTypes.String, "date-time"),
        ["datetime"] = new(JsonTypes.String, "date-time"),
        ["timestamp"] = new(JsonTypes.String | JsonTypes.Number),
        ["time"] = new(JsonTypes.String, "time"),
        ["uuid"] = new(JsonTypes.String, "uuid"),
        ["guid"] = new(JsonTypes.String, "uuid"),
        ["uri"] = new(JsonTypes.String, "uri"),
        ["url"] = new(JsonTypes.String, "uri"),
        ["email"] = new(JsonTypes.String, "email"),
        ["byte"] = new(JsonTypes.String, "byte"),
        ["base64"] = new(JsonTypes.String, "byte"),
        ["binary"] = new(JsonTypes.String, "binary"),
        ["file"] = new(JsonTypes.String),
        ["integer"] = new(JsonTypes.Integer),
        ["int"] = new(JsonTypes.Integer),
        ["int32"] = new(JsonTypes.Integer, "int32"),
        ["int64"] = new(JsonTypes.Integer, "int64"),
        ["long"] = new(JsonTypes.Integer, "int64"),
        ["bigint"] = new(JsonTypes.Integer, "int64"),
        ["short"] = new(JsonTypes.Integer),
        ["number"] = new(JsonTypes.Number),
        ["numeric"] = new(JsonTypes.Number),
        ["decimal"] = new(JsonTypes.Number),
        ["float"] = new(JsonTypes.Number, "float"),
        ["double"] = new(JsonTypes.Number, "double"),
        ["boolean"] = new(JsonTypes.Boolean),
        ["bool"] = new(JsonTypes.Boolean),
        ["array"] = new(JsonTypes.Array),
        ["list"] = new(JsonTypes.Array),
        ["object"] = new(JsonTypes.Object),
        ["dict"] = new(JsonTypes.Object),
        ["map"] = new(JsonTypes.Object),
        ["hash"] = new(JsonTypes.Object),
        ["struct"] = new(JsonTypes.Object),
        ["any"] = new(JsonTypes.None),
        ["mixed"] = new(JsonTypes.None),
        ["*"] = new(JsonTypes.None),
        ["null"] = new(JsonTypes.Null),
    };

    /// <summary>The meaning of a word; false where it has none that is known.</summary>
    internal static bool TryRead(JsonElement type, out TypeMeaning meaning)
    {
        meaning = default;
        return JsonRead.Text(type) is { } word && TryRead(word.Trim(), out meaning);
    }

    private static bool TryRead(string word, out TypeMeaning meaning) =>
        Words.TryGetValue(word, out meaning) || TryReadArray(word, out meaning) || TryReadUnion(word, out meaning);

    // string[], array[string], List<string>
    private static bool TryReadArray(string word, out TypeMeaning meaning)
    {
        meaning = default;
        if (word.EndsWith("[]", StringComparison.Ordinal))
            return TryReadItems(word[..^2], out meaning);
        var open = word.AsSpan().IndexOfAny('[', '<');
        return open > 0
            && word[^1] is ']' or '>'
            && word[..open].ToLowerInvariant() is "array" or "list" or "set"
            && TryReadItems(word[(open + 1)..^1], out meaning);
    }

    private static bool TryReadItems(string word, out TypeMeaning meaning)
    {
        var isKnown = Words.TryGetValue(word.Trim(), out var items);
        meaning = new TypeMeaning(JsonTypes.Array, null, items.Types);
        return isKnown;
    }

    // string|null, "integer, string"
    private static bool TryReadUnion(string word, out TypeMeaning meaning)
    {
        meaning = default;
        var parts = word.Split(['|', ','], StringSplitOptions.TrimEntries);
        if (parts.Length < 2)
            return false;
        var types = JsonTypes.None;
        foreach (var part in parts)
        {
            if (!Words.TryGetValue(part, out var own) || own.Types == JsonTypes.None)
                return false;
            types |= own.Types;
        }
        meaning = new TypeMeaning(types);
        return true;
    }
}
