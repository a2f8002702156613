using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;

namespace McpRuntime.Cmdlets.Values;

/// <summary>Numbers as JSON writes them, to the last digit.</summary>
internal static class NumberText
{
    // Above, a double has fewer digits than its integer would show.
    private const double MaxPlain = 1e21;

    /// <summary>The JSON number of a .NET number; null for other values, and for NaN and the infinities.</summary>
    public static string? Of(object? value) =>
        value switch
        {
            double number => OfDouble(number),
            float number => float.IsFinite(number) && !float.IsInteger(number)
                ? number.ToString("R", CultureInfo.InvariantCulture)
                : OfDouble(number),
            Half number => OfDouble((double)number),
            byte
            or sbyte
            or short
            or ushort
            or int
            or uint
            or long
            or ulong
            or nint
            or nuint
            or decimal
            or BigInteger
            or Int128
            or UInt128 => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };

    /// <summary>
    /// A number as it was typed: PowerShell makes a double of 123456789012345678901234567890 and of 1.10, but keeps the
    /// text next to it. Null where there is none, or where it is not JSON, such as 0x10 and 1KB.
    /// </summary>
    public static string? AsTyped(object? value)
    {
        if (value is not PSObject { BaseObject: ValueType number } || Of(number) is null)
            return null;
        var text = LanguagePrimitives.ConvertTo<string>(value);
        return IsNumber(text) ? text : null;
    }

    /// <summary>
    /// What was typed for a number, where text is asked for: 0123 is not 123, and 1.10 not 1.1. Null for other values.
    /// </summary>
    public static string? TextOf(object? value) =>
        value is PSObject { BaseObject: ValueType number } && Of(number) is not null
            ? LanguagePrimitives.ConvertTo<string>(value)
            : Of(value);

    /// <summary>Text that is a JSON number.</summary>
    public static bool IsNumber(string text)
    {
        if (text.Length == 0 || (text[0] != '-' && !char.IsAsciiDigit(text[0])) || !char.IsAsciiDigit(text[^1]))
            return false;
        try
        {
            return JsonElement.Parse(text).ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>An integer's digits, where the number is one: 5.00 and 1E+3 are; null where it is none.</summary>
    public static string? Integer(string number)
    {
        if (BigInteger.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return number;
        // More digits than anyone means; BigInteger would write them all.
        var exponent = number.IndexOfAny(['e', 'E']);
        if (
            exponent >= 0
            && !(
                int.TryParse(
                    number.AsSpan(exponent + 1),
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var power
                )
                && Math.Abs(power) <= 5000
            )
        )
            return null;
        return BigInteger.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var whole)
            ? whole.ToString(CultureInfo.InvariantCulture)
            : null;
    }

    private static string? OfDouble(double number)
    {
        if (!double.IsFinite(number))
            return null;
        return double.IsInteger(number) && Math.Abs(number) < MaxPlain && number != 0
            ? new BigInteger(number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }
}
