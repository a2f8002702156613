using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Parameters.Examples;

/// <summary>A small number within the bounds of schemas.</summary>
internal static class ExampleNumber
{
    public static JsonNode Make(List<JsonElement> parts)
    {
        var isInteger = parts.Exists(part => SchemaRoot.Text(part, "type") == "integer");
        var step = Numbers(parts, "multipleOf").Where(number => number > 0).DefaultIfEmpty(isInteger ? 1 : 0).Max();
        var nudge = step > 0 ? step : 0.5m;
        var low = Numbers(parts, "minimum")
            .Concat(Numbers(parts, "exclusiveMinimum").Select(bound => bound + nudge))
            .DefaultIfEmpty(1)
            .Max();
        var high = Numbers(parts, "maximum")
            .Concat(Numbers(parts, "exclusiveMaximum").Select(bound => bound - nudge))
            .DefaultIfEmpty(decimal.MaxValue)
            .Min();
        // One is a better example than zero or a negative bound, where it is allowed.
        var value =
            low <= 1 && high >= 1 ? 1
            : low > high ? high
            : low;
        if (step > 0 && value % step != 0)
            value = Math.Ceiling(value / step) * step;
        return JsonValue.Create(value);
    }

    /// <summary>A whole number that one of the schemas has; the largest of several.</summary>
    public static int? Whole(List<JsonElement> parts, string keyword)
    {
        var numbers = Numbers(parts, keyword).ToList();
        return numbers.Count == 0 ? null : (int)Math.Clamp(numbers.Max(), 0, 10_000);
    }

    // Beyond what a decimal holds is as good as no bound.
    private static IEnumerable<decimal> Numbers(List<JsonElement> parts, string keyword) =>
        parts
            .Select(part => SchemaRoot.Member(part, keyword))
            .Where(value =>
                value.ValueKind == JsonValueKind.Number
                && value.TryGetDecimal(out var number)
                && Math.Abs(number) < 1e20m
            )
            .Select(value => value.GetDecimal());
}
