using System.Text.Json;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>
/// What a schema demands of a value beyond its type, in words: <c>1 to 100</c>, <c>at most 64 characters</c>.
/// </summary>
internal static class ValueLimits
{
    private static readonly HashSet<string> SaidByType = new(StringComparer.Ordinal)
    {
        "int32",
        "int64",
        "float",
        "double",
        "uri",
        "url",
    };

    public static IReadOnlyList<string> Of(ValueSchema schema) =>
        [
            .. Range(schema, "minimum", "maximum", ""),
            .. Bound(schema, "exclusiveMinimum", "more than"),
            .. Bound(schema, "exclusiveMaximum", "less than"),
            .. Bound(schema, "multipleOf", "a multiple of"),
            .. Range(schema, "minLength", "maxLength", " characters"),
            .. Range(schema, "minItems", "maxItems", " items"),
            .. Range(schema, "minProperties", "maxProperties", " keys"),
            .. schema.First("uniqueItems") is { ValueKind: JsonValueKind.True }
                ? ["no item twice"]
                : Array.Empty<string>(),
            .. schema.First("pattern") is { ValueKind: JsonValueKind.String } pattern
                ? [$"matches {pattern.GetString()}"]
                : Array.Empty<string>(),
            .. schema.First("format") is { ValueKind: JsonValueKind.String } format
            && !SaidByType.Contains(format.GetString()!)
                ? [$"format {format.GetString()}"]
                : Array.Empty<string>(),
        ];

    private static IEnumerable<string> Bound(ValueSchema schema, string keyword, string words) =>
        Number(schema, keyword) is { } number ? [$"{words} {number}"] : [];

    private static IEnumerable<string> Range(ValueSchema schema, string least, string most, string unit) =>
        (Number(schema, least), Number(schema, most)) switch
        {
            (null, null) => [],
            ({ } low, null) => [$"at least {low}{unit}"],
            (null, { } high) => [$"at most {high}{unit}"],
            var (low, high) => [low == high ? $"{low}{unit}" : $"{low} to {high}{unit}"],
        };

    private static string? Number(ValueSchema schema, string keyword) =>
        schema.First(keyword) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : null;
}
