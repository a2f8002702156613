using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Connectors.Listing.Slim;

namespace McpRuntime.Connectors.Listing.Profiles;

/// <summary>
/// The keywords of one schema: those of the profile stay, the others become words at the end of the description.
/// </summary>
internal sealed class KeywordWords(ProfileRules rules)
{
    /// <summary>Where what a profile cannot say is found.</summary>
    public const string FurtherRules = $"further rules: {OptionalDepth.Pointer}";

    private const int MostChoices = 60;
    private const int MostShown = 8;
    private const int LongestValue = 80;

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1024,
    };

    // Written by others, or without a meaning for who fills in a value.
    private static readonly HashSet<string> Structure = new(StringComparer.Ordinal)
    {
        "type",
        "title",
        "description",
        "properties",
        "required",
        "items",
        "enum",
        "const",
        "anyOf",
        "oneOf",
        "allOf",
        "additionalProperties",
        "unevaluatedProperties",
        "readOnly",
        "writeOnly",
        "nullable",
        "$defs",
        "$ref",
        "$comment",
    };

    private static readonly HashSet<string> Rules = new(StringComparer.Ordinal)
    {
        "not",
        "if",
        "then",
        "else",
        "dependentRequired",
        "dependentSchemas",
        "patternProperties",
        "propertyNames",
        "contains",
        "prefixItems",
    };

    private readonly List<string> _words = [];
    private string _description = "";
    private string _lead = "";

    public void Add(string words)
    {
        if (!_words.Contains(words))
            _words.Add(words);
    }

    /// <summary>What the description begins with.</summary>
    public void Lead(string words) => _lead = words;

    public void Describe(JsonObject schema)
    {
        if (schema["description"] is JsonValue value && value.TryGetValue(out string? text))
            _description = text.Trim();
    }

    /// <summary>Adds what is enumerated.</summary>
    public void AddChoices(JsonObject schema, string type, JsonObject result)
    {
        var choices = schema["enum"] as JsonArray;
        if (choices is null && schema.TryGetPropertyValue("const", out var only))
            choices = [only?.DeepClone()];
        if (choices is null)
            return;
        var kept = choices.Where(choice => IsOf(choice, type)).ToList();
        var isTakenWhole = kept.Count is > 0 and <= MostChoices && (!rules.EnumeratesTextOnly || type == "string");
        if (isTakenWhole)
            result["enum"] = new JsonArray([.. kept.Select(choice => choice!.DeepClone())]);
        else if (kept.Count > 0)
            Add(
                $"one of {string.Join(", ", kept.Take(MostShown).Select(Short))}"
                    + (kept.Count > MostShown ? $", … See {OptionalDepth.Pointer}" : "")
            );
        if (choices.Any(choice => choice is JsonValue value && value.TryGetValue(out string? text) && text == ""))
            Add("may be empty");
    }

    /// <summary>Adds all other keywords, to the schema or as words.</summary>
    public void AddRest(JsonObject schema, string type, JsonObject result)
    {
        foreach (var (keyword, value) in schema)
        {
            if (Structure.Contains(keyword))
                continue;
            if (Rules.Contains(keyword))
                Add(FurtherRules);
            else if (keyword == "format")
                AddFormat(value, type, result);
            else if (keyword == "examples")
                AddExample(value as JsonArray);
            else if (keyword == "deprecated")
                Add("deprecated");
            else if (rules.Keywords.Contains(keyword) && IsTaken(keyword, value, type))
                result[keyword] = value?.DeepClone();
            else if (value is not null && !keyword.StartsWith("x-", StringComparison.Ordinal))
                Add($"{keyword} {Short(value)}");
        }
    }

    /// <summary>The schema with its description.</summary>
    public JsonObject AddTo(JsonObject schema)
    {
        var earlier = schema["description"]?.GetValue<string>() ?? "";
        var text = string.Join(
            ' ',
            new[] { _lead.Length > 0 ? $"{_lead}." : "", _description.Length > 0 ? _description : earlier }.Where(
                part => part.Length > 0
            )
        );
        if (_words.Count > 0)
            text = $"{text}{(text.Length > 0 ? " " : "")}({string.Join("; ", _words)})";
        if (text.Length > 0)
            schema["description"] = text;
        return schema;
    }

    private void AddFormat(JsonNode? value, string type, JsonObject result)
    {
        if (value is not JsonValue named || !named.TryGetValue(out string? format))
            return;
        if (rules.Formats.TryGetValue(type, out var known) && known.Contains(format))
            result["format"] = format;
        else
            Add($"format {format}");
    }

    private void AddExample(JsonArray? examples)
    {
        if (examples is { Count: > 0 } && Short(examples[0]) is var text && !text.EndsWith('…'))
            Add($"e.g. {text}");
    }

    // A pattern with groups of another kind is not in the syntax that model APIs take.
    private static bool IsTaken(string keyword, JsonNode? value, string type) =>
        keyword switch
        {
            "pattern" => type == "string"
                && value is JsonValue text
                && text.TryGetValue(out string? pattern)
                && !pattern.Contains("(?", StringComparison.Ordinal),
            "minLength" or "maxLength" => type == "string",
            "minItems" or "maxItems" => type == "array",
            "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" => type
                is "integer"
                    or "number",
            _ => true,
        };

    private bool IsOf(JsonNode? choice, string type) =>
        choice?.GetValueKind() switch
        {
            JsonValueKind.String => type == "string"
                && !(rules.EnumeratesTextOnly && choice.GetValue<string>().Length == 0),
            JsonValueKind.Number => type is "integer" or "number",
            JsonValueKind.True or JsonValueKind.False => type == "boolean",
            _ => false,
        };

    private static string Short(JsonNode? value)
    {
        var text = value?.ToJsonString(Relaxed) ?? "null";
        return text.Length <= LongestValue ? text : $"{text.AsSpan(0, LongestValue - 1)}…";
    }
}
