using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Documents.Yaml;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// Typed access to the fields of a manifest. Whatever is wrong becomes a finding at the place where the reader is,
/// and a harmless value takes the place of the wrong one, so that reading goes on and everything is reported at once.
/// </summary>
internal sealed class ManifestFields(ParsedText text)
{
    private readonly YamlPath _path = new();

    public List<Finding> Findings { get; } = [];

    /// <summary>Pointer of the place where the reader is.</summary>
    public string Pointer => _path.ToString();

    /// <summary>
    /// Steps into an object or array; <see cref="At(string)"/> sets the member that the reader is at.
    /// </summary>
    public bool Enter(JsonElement value, JsonValueKind kind)
    {
        if (value.ValueKind != kind)
        {
            WrongType(value, kind == JsonValueKind.Object ? "an object ('key: value' lines)" : "a list");
            return false;
        }
        _path.Push();
        return true;
    }

    public void Leave() => _path.Pop();

    public string At(JsonProperty property)
    {
        var name = property.Name;
        _path.At(name);
        return name;
    }

    public void At(string name) => _path.At(name);

    public void At(int index) => _path.At(index);

    /// <summary>
    /// A string. A number is taken with the text it was written in, so that <c>version: 1.10</c> stays what it is.
    /// </summary>
    public string? Text(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number:
                return value.GetRawText();
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.True or JsonValueKind.False:
                Error(
                    ManifestRules.Type,
                    $"{Here()} is {value.GetRawText()}, a boolean, where a string is expected; quote it: "
                        + $"'\"{value.GetRawText()}\"'."
                );
                return null;
            default:
                WrongType(value, "text");
                return null;
        }
    }

    /// <summary>A text that must not be empty; "" once that was reported, so that reading can go on.</summary>
    public string Needed(JsonElement value)
    {
        if (
            value.ValueKind != JsonValueKind.Null
            && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(""))
        )
            return Text(value) ?? "";
        Error(ManifestRules.MissingKey, $"{Here()} is empty; give it a value.");
        return "";
    }

    public bool? Flag(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Null:
                return null;
            default:
                WrongType(value, "true or false");
                return null;
        }
    }

    public long? Whole(JsonElement value, long least, long most)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Number)
        {
            WrongType(value, "a whole number");
            return null;
        }
        if (value.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        Error(ManifestRules.Range, $"{Here()} is {value.GetRawText()}; give a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>A number above 0.</summary>
    public double? Positive(JsonElement value, double most)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Number)
        {
            WrongType(value, "a number");
            return null;
        }
        if (value.TryGetDouble(out var number) && number > 0 && number <= most)
            return number;
        Error(ManifestRules.Range, $"{Here()} is {value.GetRawText()}; give a number above 0, up to {most}.");
        return null;
    }

    /// <summary>The index of one of <paramref name="words"/>.</summary>
    public int? Word(JsonElement value, string[] words)
    {
        if (Text(value) is not { } text)
            return null;
        var index = Array.IndexOf(words, text);
        if (index >= 0)
            return index;
        Error(
            ManifestRules.Value,
            $"{Here()} is '{text}'; it is one of {string.Join(", ", words)}.{NearNames.DidYouMean(text, words)}"
        );
        return null;
    }

    /// <summary>The index of one of <paramref name="words"/>, where there must be one.</summary>
    public int? NeededWord(JsonElement value, string[] words)
    {
        if (value.ValueKind != JsonValueKind.Null)
            return Word(value, words);
        Error(ManifestRules.MissingKey, $"{Here()} is empty; it is one of {string.Join(", ", words)}.");
        return null;
    }

    /// <summary>The items of a list of texts.</summary>
    public IReadOnlyList<string> Texts(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null || !Enter(value, JsonValueKind.Array))
            return [];
        var texts = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            At(texts.Count);
            texts.Add(Text(item) ?? "");
        }
        Leave();
        return texts;
    }

    /// <summary>A mapping of texts, in its order.</summary>
    public IReadOnlyDictionary<string, string> TextMap(JsonElement value)
    {
        var map = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Null || !Enter(value, JsonValueKind.Object))
            return map;
        foreach (var property in value.EnumerateObject())
            map[At(property)] = Text(property.Value) ?? "";
        Leave();
        return map;
    }

    /// <summary>Any value as its JSON, without blanks between tokens.</summary>
    public JsonText Json(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);

        // What YAML became is compact already, and a part of that memory is as good as a copy.
        return text.IsYaml && text.JsonUtf8.Span.Overlaps(raw, out var start)
            ? new JsonText(text.JsonUtf8.Slice(start, raw.Length))
            : new JsonText(JsonCompactor.Compact(raw));
    }

    /// <summary>A JSON Schema: an object, or in places that are no root also true or false.</summary>
    public JsonText? Schema(JsonElement value, bool allowsBoolean)
    {
        if (
            value.ValueKind == JsonValueKind.Object
            || (allowsBoolean && value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        )
            return Json(value);
        WrongType(value, "a JSON Schema (an object)");
        return null;
    }

    public void Unknown(string name, string owner, string[] known) =>
        Error(
            ManifestRules.UnknownKey,
            $"'{name}' is not a key of {owner}.{NearNames.DidYouMean(name, known)} Known keys: "
                + $"{string.Join(", ", known)}."
        );

    /// <summary>Reports that a required member is absent.</summary>
    public void Missing(string name, string owner)
    {
        _path.At(name);
        Error(ManifestRules.MissingKey, $"{owner} has no '{name}'; add it.");
    }

    public void Error(string rule, string message) =>
        Findings.Add(new Finding(rule, FindingSeverity.Error, message) { Pointer = Pointer });

    private void WrongType(JsonElement value, string wanted)
    {
        var found = value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => $"the string '{Shorten(value.GetString()!)}'",
            JsonValueKind.Null => "empty",
            _ => value.GetRawText(),
        };
        Error(ManifestRules.Type, $"{Here()} is {found}; expected {wanted}.");
    }

    private string Here()
    {
        var tokens = JsonPointer.Tokens(Pointer);
        return tokens.Count == 0 ? "The manifest" : $"'{tokens[^1]}'";
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
