using System.Numerics;

namespace McpRuntime.Json.Schemas;

/// <summary>
/// The exact value of a JSON number, read from its text: no digit is rounded and nothing grows with the exponent.
/// The value is 0.d₁d₂d₃… × 10^<see cref="Magnitude"/>, without zeros at either end of the digits.
/// </summary>
internal readonly ref struct DecimalText
{
    /// <summary>Digits of numbers that are still divided exactly; division grows with their square.</summary>
    public const int MaxDivisibleDigits = 2000;

    // Exponents beyond this do not fit into memory as digits; they only need to stay apart from each other's sum.
    private const long MaxExponent = 1L << 52;

    private readonly ReadOnlySpan<byte> _text;
    private readonly int _point;

    private DecimalText(ReadOnlySpan<byte> text, int point, bool isNegative, long magnitude)
    {
        _text = text;
        _point = point;
        IsNegative = isNegative;
        Magnitude = magnitude;
    }

    public bool IsNegative { get; }

    public long Magnitude { get; }

    public bool IsZero => _text.IsEmpty;

    public int DigitCount => _text.Length - (_point >= 0 ? 1 : 0);

    /// <summary>The exponent of the last digit.</summary>
    public long Scale => Magnitude - DigitCount;

    public bool IsInteger => IsZero || Scale >= 0;

    private int this[int index] => _text[_point >= 0 && index >= _point ? index + 1 : index] - '0';

    /// <param name="number">The text of a JSON number.</param>
    public static DecimalText Parse(ReadOnlySpan<byte> number)
    {
        var isNegative = number[0] == '-';
        if (isNegative)
            number = number[1..];
        var exponent = 0L;
        var e = number.IndexOfAny((byte)'e', (byte)'E');
        if (e >= 0)
        {
            exponent = ParseExponent(number[(e + 1)..]);
            number = number[..e];
        }

        var point = number.IndexOf((byte)'.');
        var magnitude = exponent + (point < 0 ? number.Length : point);
        if (point >= 0)
            number = number.TrimEnd((byte)'0');
        var zeros = 0;
        while (zeros < number.Length && number[zeros] is (byte)'0' or (byte)'.')
            zeros++;
        magnitude -= point >= 0 && zeros > point ? zeros - 1 : zeros;
        number = number[zeros..];
        point -= zeros;
        if (point < 0 || point >= number.Length - 1)
        {
            if (point >= 0)
                number = number[..point];
            point = -1;
            number = number.TrimEnd((byte)'0');
        }

        return number.IsEmpty ? default : new DecimalText(number, point, isNegative, magnitude);
    }

    public int CompareTo(DecimalText other)
    {
        if (IsZero || other.IsZero || IsNegative != other.IsNegative)
            return Sign.CompareTo(other.Sign);
        var order = Magnitude.CompareTo(other.Magnitude);
        for (var i = 0; order == 0 && (i < DigitCount || i < other.DigitCount); i++)
            order = (i < DigitCount ? this[i] : 0) - (i < other.DigitCount ? other[i] : 0);
        return IsNegative ? -order : order;
    }

    /// <summary>Whether this is an integer times <paramref name="divisor"/>, which is not zero.</summary>
    public bool IsMultipleOf(DecimalText divisor)
    {
        // Neither ends in a zero digit: a divisor with the higher exponent has a factor of ten that this one lacks.
        if (IsZero)
            return true;
        if (Scale < divisor.Scale)
            return false;
        var modulus = divisor.ToInteger();
        return (ToInteger() % modulus * BigInteger.ModPow(10, Scale - divisor.Scale, modulus) % modulus).IsZero;
    }

    /// <summary>The digits as an integer, without sign and exponent.</summary>
    private BigInteger ToInteger()
    {
        var digits = new char[DigitCount];
        for (var i = 0; i < digits.Length; i++)
            digits[i] = (char)(this[i] + '0');
        return BigInteger.Parse(
            digits,
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    /// <summary>The value where it is an integer from 0 to 2^62, the nearest of the two where it is outside.</summary>
    public long ToCount()
    {
        if (IsZero || IsNegative)
            return 0;
        const long most = 1L << 62;
        if (Magnitude > 18)
            return most;
        var value = 0L;
        for (var i = 0; i < Magnitude; i++)
            value = (value * 10) + (i < DigitCount ? this[i] : 0);
        return value;
    }

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Sign);
        hash.Add(Magnitude);
        for (var i = 0; i < DigitCount; i++)
            hash.Add(this[i]);
        return hash.ToHashCode();
    }

    private int Sign =>
        IsZero ? 0
        : IsNegative ? -1
        : 1;

    private static long ParseExponent(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        var value = 0L;
        foreach (var digit in text[0] is (byte)'-' or (byte)'+' ? text[1..] : text)
            value = Math.Min(MaxExponent, (value * 10) + digit - '0');
        return isNegative ? -value : value;
    }
}
