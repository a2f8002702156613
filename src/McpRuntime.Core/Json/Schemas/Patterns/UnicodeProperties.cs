namespace McpRuntime.Json.Schemas.Patterns;

/// <summary>The <c>\p{…}</c> of ECMA-262 that .NET can express.</summary>
internal static class UnicodeProperties
{
    /// <summary>Adds a property to a set.</summary>
    /// <param name="name">What is between the braces, e.g. <c>Letter</c>, <c>gc=Lu</c>, <c>Script=Greek</c>.</param>
    /// <param name="isNegated"><c>\P</c>.</param>
    /// <param name="set">The set.</param>
    /// <returns>False when the property is unknown here.</returns>
    public static bool TryAdd(string name, bool isNegated, CodePointSet set)
    {
        var equals = name.IndexOf('=', StringComparison.Ordinal);
        var key = equals < 0 ? "" : name[..equals];
        var value = name[(equals + 1)..];
        if (key is "Script" or "sc" or "Script_Extensions" or "scx")
            return AddRanges(Script(value));
        if (key is not ("" or "General_Category" or "gc"))
            return false;
        if (key.Length == 0 && Binary(value) is { } binary)
            return AddRanges(binary);
        if (key.Length == 0 && !isNegated && (value is "Alphabetic" or "Alpha"))
        {
            // Without the marks of Other_Alphabetic, for which .NET has no name.
            set.AddCategory("\\p{L}\\p{Nl}");
            return true;
        }

        if (Category(value) is not { } category)
            return false;
        set.AddCategory($"\\{(isNegated ? 'P' : 'p')}{{{category}}}");
        return true;

        bool AddRanges(CodePointSet? ranges)
        {
            if (ranges is not null)
                set.AddAll(isNegated ? ranges.Complement() : ranges);
            return ranges is not null;
        }
    }

    private static CodePointSet? Binary(string name) =>
        name switch
        {
            "Any" => new CodePointSet().Add(0, CodePointSet.Last),
            "ASCII" => new CodePointSet().Add(0, 0x7F),
            "ASCII_Hex_Digit" or "AHex" => new CodePointSet().Add('0', '9').Add('A', 'F').Add('a', 'f'),
            "White_Space" or "space" => WhiteSpace,
            _ => null,
        };

    private static CodePointSet WhiteSpace =>
        new CodePointSet()
            .Add('\t', '\r')
            .Add(' ', ' ')
            .Add(0x85, 0x85)
            .Add(0xA0, 0xA0)
            .Add(0x1680, 0x1680)
            .Add(0x2000, 0x200A)
            .Add(0x2028, 0x2029)
            .Add(0x202F, 0x202F)
            .Add(0x205F, 0x205F)
            .Add(0x3000, 0x3000);

    /// <summary>
    /// The main blocks of the scripts that patterns ask for (Unicode, Scripts.txt, without rare extensions).
    /// </summary>
    private static CodePointSet? Script(string name) =>
        name switch
        {
            "Latin" or "Latn" => new CodePointSet()
                .Add('A', 'Z')
                .Add('a', 'z')
                .Add(0xAA, 0xAA)
                .Add(0xBA, 0xBA)
                .Add(0xC0, 0xD6)
                .Add(0xD8, 0xF6)
                .Add(0xF8, 0x2B8)
                .Add(0x1E00, 0x1EFF)
                .Add(0x2C60, 0x2C7F)
                .Add(0xA722, 0xA787)
                .Add(0xFF21, 0xFF3A)
                .Add(0xFF41, 0xFF5A),
            "Greek" or "Grek" => new CodePointSet()
                .Add(0x370, 0x373)
                .Add(0x375, 0x377)
                .Add(0x37A, 0x37D)
                .Add(0x37F, 0x37F)
                .Add(0x384, 0x384)
                .Add(0x386, 0x386)
                .Add(0x388, 0x3E1)
                .Add(0x3F0, 0x3FF)
                .Add(0x1F00, 0x1FFE),
            "Cyrillic" or "Cyrl" => new CodePointSet()
                .Add(0x400, 0x484)
                .Add(0x487, 0x52F)
                .Add(0x1C80, 0x1C8A)
                .Add(0x2DE0, 0x2DFF)
                .Add(0xA640, 0xA69F),
            "Arabic" or "Arab" => new CodePointSet()
                .Add(0x600, 0x604)
                .Add(0x606, 0x60B)
                .Add(0x60D, 0x61A)
                .Add(0x61C, 0x61E)
                .Add(0x620, 0x63F)
                .Add(0x641, 0x64A)
                .Add(0x656, 0x66F)
                .Add(0x671, 0x6DC)
                .Add(0x6DE, 0x6FF)
                .Add(0x750, 0x77F),
            "Hebrew" or "Hebr" => new CodePointSet()
                .Add(0x591, 0x5C7)
                .Add(0x5D0, 0x5EA)
                .Add(0x5EF, 0x5F4)
                .Add(0xFB1D, 0xFB4F),
            "Devanagari" or "Deva" => new CodePointSet().Add(0x900, 0x950).Add(0x955, 0x963).Add(0x966, 0x97F),
            "Thai" => new CodePointSet().Add(0xE01, 0xE3A).Add(0xE40, 0xE5B),
            "Hangul" or "Hang" => new CodePointSet()
                .Add(0x1100, 0x11FF)
                .Add(0x3131, 0x318E)
                .Add(0xA960, 0xA97C)
                .Add(0xAC00, 0xD7A3),
            "Hiragana" or "Hira" => new CodePointSet().Add(0x3041, 0x3096).Add(0x309D, 0x309F),
            "Katakana" or "Kana" => new CodePointSet()
                .Add(0x30A1, 0x30FA)
                .Add(0x30FD, 0x30FF)
                .Add(0x31F0, 0x31FF)
                .Add(0xFF66, 0xFF9D),
            "Han" or "Hani" => new CodePointSet()
                .Add(0x2E80, 0x2FD5)
                .Add(0x3005, 0x3005)
                .Add(0x3007, 0x3007)
                .Add(0x3021, 0x3029)
                .Add(0x3038, 0x303B)
                .Add(0x3400, 0x4DBF)
                .Add(0x4E00, 0x9FFF)
                .Add(0xF900, 0xFAD9)
                .Add(0x20000, 0x323AF),
            _ => null,
        };

    private static string? Category(string name) =>
        name switch
        {
            "Letter" => "L",
            "Cased_Letter" or "LC" => null,
            "Uppercase_Letter" => "Lu",
            "Lowercase_Letter" => "Ll",
            "Titlecase_Letter" => "Lt",
            "Modifier_Letter" => "Lm",
            "Other_Letter" => "Lo",
            "Mark" or "Combining_Mark" => "M",
            "Nonspacing_Mark" => "Mn",
            "Spacing_Mark" => "Mc",
            "Enclosing_Mark" => "Me",
            "Number" => "N",
            "Decimal_Number" or "digit" => "Nd",
            "Letter_Number" => "Nl",
            "Other_Number" => "No",
            "Punctuation" or "punct" => "P",
            "Connector_Punctuation" => "Pc",
            "Dash_Punctuation" => "Pd",
            "Open_Punctuation" => "Ps",
            "Close_Punctuation" => "Pe",
            "Initial_Punctuation" => "Pi",
            "Final_Punctuation" => "Pf",
            "Other_Punctuation" => "Po",
            "Symbol" => "S",
            "Math_Symbol" => "Sm",
            "Currency_Symbol" => "Sc",
            "Modifier_Symbol" => "Sk",
            "Other_Symbol" => "So",
            "Separator" => "Z",
            "Space_Separator" => "Zs",
            "Line_Separator" => "Zl",
            "Paragraph_Separator" => "Zp",
            "Other" => "C",
            "Control" or "cntrl" => "Cc",
            "Format" => "Cf",
            "Private_Use" => "Co",
            "Unassigned" => "Cn",
            "L"
            or "Lu"
            or "Ll"
            or "Lt"
            or "Lm"
            or "Lo"
            or "M"
            or "Mn"
            or "Mc"
            or "Me"
            or "N"
            or "Nd"
            or "Nl"
            or "No"
            or "P"
            or "Pc"
            or "Pd"
            or "Ps"
            or "Pe"
            or "Pi"
            or "Pf"
            or "Po"
            or "S"
            or "Sm"
            or "Sc"
            or "Sk"
            or "So"
            or "Z"
            or "Zs"
            or "Zl"
            or "Zp"
            or "C"
            or "Cc"
            or "Cf"
            or "Co"
            or "Cn" => name,
            _ => null,
        };
}
