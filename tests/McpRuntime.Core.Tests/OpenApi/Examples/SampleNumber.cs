using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>The number nearest to zero within the bounds; other variants go on from there.</summary>
internal static class SampleNumber
{
    public static JsonNode Make(List<JsonElement> parts, SampleChoice choice, bool isInteger)
    {
        var step = parts.Select(part => Number(part, "multipleOf")).FirstOrDefault(each => each is not null)
            ?? (isInteger ? 1m : 0m);
        if (isInteger && step % 1 != 0)
            step = 1;
        var nudge = step == 0 ? 0.0009765625m : step;
        decimal? low = null,
            high = null;
        foreach (var part in parts)
        {
            low = Max(low, Number(part, "minimum"));
            low = Max(low, Number(part, "exclusiveMinimum") + nudge);
            high = Min(high, Number(part, "maximum"));
            high = Min(high, Number(part, "exclusiveMaximum") - nudge);
        }
        var value =
            low > 0 ? low.Value
            : high < 0 ? high.Value
            : 0;
        if (step != 0 && value % step != 0)
            value = (value > 0 ? Math.Ceiling(value / step) : Math.Floor(value / step)) * step;
        var other = value + (choice.Variant * nudge);
        return JsonValue.Create(other <= (high ?? other) ? other : value);
    }

    /// <summary>A keyword that counts.</summary>
    public static int? Whole(JsonElement part, string word) =>
        Number(part, word) is { } number ? (int)Math.Min(number, 100_000) : null;

    // Beyond what a decimal holds is as good as no bound.
    private static decimal? Number(JsonElement part, string word) =>
        part.TryGetProperty(word, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDecimal(out var number)
            ? number
            : null;

    private static decimal? Max(decimal? a, decimal? b) => a is null || b > a ? b ?? a : a;

    private static decimal? Min(decimal? a, decimal? b) => a is null || b < a ? b ?? a : a;
}
