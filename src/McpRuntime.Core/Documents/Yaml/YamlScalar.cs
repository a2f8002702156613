using System.Globalization;
using System.Numerics;

namespace McpRuntime.Documents.Yaml;

/// <summary>
/// What a plain YAML scalar means in JSON, by the core schema (YAML 1.2.2, section 10.3.2). Numbers keep their text
/// wherever JSON can say it, so <c>1.10</c> stays <c>1.10</c> and digits are never lost. Deviations, both in favour of
/// not losing what was written: a number with leading zeros (<c>007</c>) is a string, as it is an identifier in
/// practice and parsers disagree on its value; <c>.inf</c> and <c>.nan</c>, which JSON cannot say, are strings.
/// </summary>
internal static class YamlScalar
{
    private const int LongestRadixNumber = 64;

    public enum Kind
    {
        Text,
        Null,
        True,
        False,
        Number,
        NotANumber,
    }

    /// <summary>The kind of a plain scalar; for a number also its JSON text.</summary>
    public static Kind Resolve(string text, out string number)
    {
        number = text;
        if (text.Length == 0)
            return Kind.Null;
        switch (text[0])
        {
            case '~':
                return text.Length == 1 ? Kind.Null : Kind.Text;
            case 'n' or 'N':
                return text is "null" or "Null" or "NULL" ? Kind.Null : Kind.Text;
            case 't' or 'T':
                return text is "true" or "True" or "TRUE" ? Kind.True : Kind.Text;
            case 'f' or 'F':
                return text is "false" or "False" or "FALSE" ? Kind.False : Kind.Text;
            case '+' or '-' or '.' or (>= '0' and <= '9'):
                return ResolveNumber(text, out number);
            default:
                return Kind.Text;
        }
    }

    private static Kind ResolveNumber(string text, out string number)
    {
        number = text;
        if (text is ['0', 'x' or 'o', _, ..])
            return ResolveRadix(text, out number);
        var negative = text[0] == '-';
        var digits = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        if (
            digits is ".inf" or ".Inf" or ".INF"
            || (digits.Length == text.Length && digits is ".nan" or ".NaN" or ".NAN")
        )
            return Kind.NotANumber;

        var whole = CountDigits(digits);
        var rest = digits[whole..];
        var fraction = -1;
        if (rest.Length > 0 && rest[0] == '.')
        {
            fraction = CountDigits(rest[1..]);
            rest = rest[(fraction + 1)..];
        }
        if (whole == 0 && fraction <= 0)
            return Kind.Text;
        var exponent = rest;
        if (rest.Length > 0)
        {
            if (rest[0] is not ('e' or 'E'))
                return Kind.Text;
            rest = rest[(rest.Length > 1 && rest[1] is '+' or '-' ? 2 : 1)..];
            if (rest.Length == 0 || CountDigits(rest) != rest.Length)
                return Kind.Text;
        }
        if (whole > 1 && digits[0] == '0')
            return Kind.Text;

        // JSON (RFC 8259 section 6) has no plus sign and wants digits on both sides of the point.
        if (text[0] == '+' || whole == 0 || fraction == 0)
        {
            var sign = negative ? "-" : "";
            var integer = whole == 0 ? "0" : digits[..whole];
            var decimals = fraction <= 0 ? "" : digits.Slice(whole, fraction + 1);
            number = $"{sign}{integer}{decimals}{exponent}";
        }
        return Kind.Number;
    }

    private static Kind ResolveRadix(string text, out string number)
    {
        number = text;
        var isHex = text[1] == 'x';
        if (text.Length > LongestRadixNumber)
            return Kind.Text;
        BigInteger value = 0;
        foreach (var c in text.AsSpan(2))
        {
            if (isHex ? !char.IsAsciiHexDigit(c) : c is < '0' or > '7')
                return Kind.Text;
            value = (value * (isHex ? 16 : 8)) + Convert.ToInt32(c.ToString(), 16);
        }
        number = value.ToString(CultureInfo.InvariantCulture);
        return Kind.Number;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
