using System.Text.Json;

namespace McpRuntime.Json.Schemas.Compilation;

/// <summary>What the value of a keyword must be.</summary>
internal enum KeywordShape
{
    Any,
    Schema,
    Schemas,
    SchemaMap,
    PatternMap,
    StringsMap,
    Strings,
    Types,
    Pattern,
    Reference,
    Text,
    Flag,
    Number,
    Divisor,
    Count,
    List,
    Anchor,
    Id,
    Vocabulary,
}

/// <summary>The keywords of 2020-12 and what they hold, as the meta-schemas say.</summary>
internal static class KeywordShapes
{
    public static KeywordShape Of(string keyword) =>
        keyword switch
        {
            "additionalProperties"
            or "contains"
            or "contentSchema"
            or "else"
            or "if"
            or "items"
            or "not"
            or "propertyNames"
            or "then"
            or "unevaluatedItems"
            or "unevaluatedProperties" => KeywordShape.Schema,
            "allOf" or "anyOf" or "oneOf" or "prefixItems" => KeywordShape.Schemas,
            "$defs" or "definitions" or "dependentSchemas" or "properties" => KeywordShape.SchemaMap,
            "patternProperties" => KeywordShape.PatternMap,
            "dependentRequired" => KeywordShape.StringsMap,
            "required" => KeywordShape.Strings,
            "type" => KeywordShape.Types,
            "pattern" => KeywordShape.Pattern,
            "$ref" or "$dynamicRef" => KeywordShape.Reference,
            "$schema"
            or "$comment"
            or "title"
            or "description"
            or "format"
            or "contentEncoding"
            or "contentMediaType" => KeywordShape.Text,
            "uniqueItems" or "deprecated" or "readOnly" or "writeOnly" => KeywordShape.Flag,
            "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" => KeywordShape.Number,
            "multipleOf" => KeywordShape.Divisor,
            "minLength"
            or "maxLength"
            or "minItems"
            or "maxItems"
            or "minProperties"
            or "maxProperties"
            or "minContains"
            or "maxContains" => KeywordShape.Count,
            "enum" or "examples" => KeywordShape.List,
            "$anchor" or "$dynamicAnchor" => KeywordShape.Anchor,
            "$id" => KeywordShape.Id,
            "$vocabulary" => KeywordShape.Vocabulary,
            _ => KeywordShape.Any,
        };

    /// <summary>For the shapes of a single value.</summary>
    public static bool Fits(KeywordShape shape, JsonElement value) =>
        shape switch
        {
            KeywordShape.Text => value.ValueKind == JsonValueKind.String,
            KeywordShape.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            KeywordShape.Number => value.ValueKind == JsonValueKind.Number,
            KeywordShape.Divisor => SchemaShapes.IsDivisor(value),
            KeywordShape.Count => SchemaShapes.IsCount(value),
            KeywordShape.List => value.ValueKind == JsonValueKind.Array,
            KeywordShape.Anchor => value.ValueKind == JsonValueKind.String && IsAnchor(value.GetString()!),
            KeywordShape.Id => value.ValueKind == JsonValueKind.String
                && value.GetString()!.IndexOf('#', StringComparison.Ordinal) is var hash
                && (hash < 0 || hash == value.GetString()!.Length - 1),
            KeywordShape.Vocabulary => value.ValueKind == JsonValueKind.Object,
            _ => false,
        };

    public static string Describe(KeywordShape shape) =>
        shape switch
        {
            KeywordShape.Flag => "true or false",
            KeywordShape.Number => "a number",
            KeywordShape.Divisor => $"a number greater than 0 with at most {DecimalText.MaxDivisibleDigits} digits",
            KeywordShape.Count => "a non-negative integer",
            KeywordShape.List => "an array",
            KeywordShape.Anchor => "a name of letters, digits, '-', '_' and '.' that begins with a letter or '_'",
            KeywordShape.Id => "a URI reference without fragment",
            KeywordShape.Vocabulary => "an object",
            _ => "a string",
        };

    private static bool IsAnchor(string name)
    {
        if (name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] == '_'))
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                return false;
        }

        return true;
    }
}
