using System.Globalization;

namespace McpRuntime.Json.Schemas.Patterns;

/// <summary>The escapes that stand for characters, inside and outside of classes.</summary>
internal static class EcmaEscape
{
    /// <summary>Reads what follows a backslash.</summary>
    /// <param name="source">The pattern.</param>
    /// <param name="position">Behind the backslash; moved behind the escape.</param>
    /// <param name="set">Receives the characters of an escape that stands for several.</param>
    /// <param name="lenient">Told what only Annex B allows.</param>
    /// <returns>The code point; -1 when the escape went to <paramref name="set"/>.</returns>
    public static int Read(string source, ref int position, CodePointSet set, Action<string> lenient)
    {
        var c = source[position++];
        switch (c)
        {
            case 'd':
                set.AddAll(CodePointSet.Digits);
                return -1;
            case 'D':
                set.AddAll(CodePointSet.Digits.Complement());
                return -1;
            case 'w':
                set.AddAll(CodePointSet.WordCharacters);
                return -1;
            case 'W':
                set.AddAll(CodePointSet.WordCharacters.Complement());
                return -1;
            case 's':
                set.AddAll(CodePointSet.WhiteSpace);
                return -1;
            case 'S':
                set.AddAll(CodePointSet.WhiteSpace.Complement());
                return -1;
            case 'p' or 'P':
                ReadProperty(source, ref position, c == 'P', set);
                return -1;
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'v':
                return '\v';
            case 'f':
                return '\f';
            case 'r':
                return '\r';
            case '0' when position == source.Length || !char.IsAsciiDigit(source[position]):
                return 0;
            case 'c' when position < source.Length && char.IsAsciiLetter(source[position]):
                return source[position++] & 0x1F;
            case 'x' when TryReadHex(source, ref position, 2, out var value):
                return value;
            case 'u':
                return ReadUnicode(source, ref position);
            default:
                position--;
                return ReadIdentity(source, ref position, lenient);
        }
    }

    private static int ReadIdentity(string source, ref int position, Action<string> lenient)
    {
        var codePoint = EcmaPattern.ReadCodePoint(source, ref position);
        if (codePoint < 0x80 && "^$\\.*+?()[]{}|/".Contains((char)codePoint, StringComparison.Ordinal))
            return codePoint;
        var escape = $"\\{char.ConvertFromUtf32(codePoint is >= 0xD800 and <= 0xDFFF ? 0xFFFD : codePoint)}";
        // Other languages give letters a meaning (\A, \Z, \h); to read them as letters would be a silent mistake.
        if (codePoint < 0x80 && char.IsAsciiLetterOrDigit((char)codePoint))
            throw new FormatException($"'{escape}' is not an escape of ECMA-262");
        lenient($"'{escape}'");
        return codePoint;
    }

    private static void ReadProperty(string source, ref int position, bool isNegated, CodePointSet set)
    {
        var end = position < source.Length && source[position] == '{' ? source.IndexOf('}', position) : -1;
        if (end < 0)
            throw new FormatException("'\\p' must be followed by a property in braces");
        var name = source[(position + 1)..end];
        if (!UnicodeProperties.TryAdd(name, isNegated, set))
            throw new FormatException($"the Unicode property '{name}' is not known");
        position = end + 1;
    }

    private static int ReadUnicode(string source, ref int position)
    {
        if (position < source.Length && source[position] == '{')
        {
            var end = source.IndexOf('}', position);
            if (
                end < 0
                || !int.TryParse(
                    source.AsSpan((position + 1)..end),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var braced
                )
                || braced is < 0 or > CodePointSet.Last
            )
                throw new FormatException("'\\u{' must be followed by a code point and '}'");
            position = end + 1;
            return braced;
        }

        if (!TryReadHex(source, ref position, 4, out var unit))
            throw new FormatException("'\\u' must be followed by four hexadecimal digits");
        var next = position + 2;
        if (
            !char.IsHighSurrogate((char)unit)
            || string.CompareOrdinal(source, position, "\\u", 0, 2) != 0
            || !TryReadHex(source, ref next, 4, out var low)
            || !char.IsLowSurrogate((char)low)
        )
            return unit;
        position = next;
        return char.ConvertToUtf32((char)unit, (char)low);
    }

    private static bool TryReadHex(string source, ref int position, int digits, out int value)
    {
        value = 0;
        if (position + digits > source.Length)
            return false;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiHexDigit(source[position + i]))
                return false;
            value = (value << 4) + Convert.ToInt32(source[(position + i)..(position + i + 1)], 16);
        }

        position += digits;
        return true;
    }
}
