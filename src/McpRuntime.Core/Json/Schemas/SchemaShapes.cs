using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>What the values of keywords must be (the 2020-12 meta-schemas).</summary>
internal static class SchemaShapes
{
    public static bool IsSchema(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False;

    /// <summary>A non-negative integer; <c>2.0</c> is one.</summary>
    public static bool IsCount(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
            return false;
        var number = DecimalText.Parse(JsonMarshal.GetRawUtf8Value(value));
        return number.IsInteger && (number.IsZero || !number.IsNegative);
    }

    /// <summary>A number above zero that values can be divided by.</summary>
    public static bool IsDivisor(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
            return false;
        var number = DecimalText.Parse(JsonMarshal.GetRawUtf8Value(value));
        return !number.IsZero && !number.IsNegative && number.DigitCount <= DecimalText.MaxDivisibleDigits;
    }
}
