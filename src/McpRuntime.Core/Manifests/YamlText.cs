using System.Buffers;

namespace McpRuntime.Manifests;

/// <summary>
/// Finds the style in which a text reads as exactly that text, in YAML 1.1 and 1.2 alike, and writes it.
/// </summary>
internal static class YamlText
{
    public const int LongestImplicitKey = 800;

    /// <summary>Letters and signs that have no meaning in YAML, wherever they are.</summary>
    private static readonly SearchValues<byte> Harmless = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _-./+()$^;=~<>@%*!&|"u8
    );

    private static readonly SearchValues<byte> FlowSigns = SearchValues.Create(",[]{}:?"u8);

    // Words that YAML 1.1 or 1.2 reads as null or boolean.
    private static readonly string[] Words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

    /// <summary>Writes the text on one line.</summary>
    public static void Write(YamlBuffer output, ReadOnlySpan<byte> text, bool isInFlow)
    {
        if (CanBePlain(text, isInFlow))
            output.Bytes(text);
        else if (text.IndexOfAny((byte)'\\', (byte)'"') >= 0 && IsPrintable(text, lineFeeds: false))
            WriteSingleQuoted(output, text);
        else
            YamlQuoting.WriteDoubleQuoted(output, text);
    }

    /// <summary>
    /// Writes a text of several lines as a literal block, with its last line ended; false, with nothing written, where
    /// that would not be exact.
    /// </summary>
    public static bool TryLiteral(YamlBuffer output, ReadOnlySpan<byte> text, int indent)
    {
        if (!text.Contains((byte)'\n') || !IsPrintable(text, lineFeeds: true))
            return false;

        // The first line with text sets the indentation, so it must not start with a blank; a tab is refused anyway.
        var body = text.TrimStart((byte)'\n');
        if (body.IsEmpty || body[0] == (byte)' ')
            return false;
        var trailing = text.Length - text.TrimEnd((byte)'\n').Length;
        output.Bytes(
            trailing switch
            {
                0 => "|-"u8,
                1 => "|"u8,
                _ => "|+"u8,
            }
        );
        output.NewLine();
        if (trailing > 0)
            text = text[..^1];
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (!line.IsEmpty)
            {
                output.Indent(indent);
                output.Bytes(line);
            }
            output.NewLine();
        }
        return true;
    }

    private static bool CanBePlain(ReadOnlySpan<byte> text, bool isInFlow)
    {
        // Some readers see an alias in a word of a key that starts with an asterisk, and its colon as part of the name.
        if (text.IsEmpty || text[^1] == (byte)' ' || !CanStartPlain(text) || text.IndexOf(" *"u8) >= 0)
            return false;
        if (text.ContainsAnyExcept(Harmless))
        {
            if (isInFlow && text.ContainsAny(FlowSigns))
                return false;
            if (text[^1] == (byte)':' || text.IndexOf(": "u8) >= 0 || text.IndexOf(" #"u8) >= 0)
                return false;
            if (!IsPrintable(text, lineFeeds: false))
                return false;
        }
        return !IsWord(text);
    }

    private static bool CanStartPlain(ReadOnlySpan<byte> text)
    {
        var first = text[0];
        if (
            char.IsAsciiLetter((char)first)
            || first is (byte)'/' or (byte)'_' or (byte)'$' or (byte)'^' or (byte)'(' or >= 0x80
        )
            return true;
        return char.IsAsciiDigit((char)first) && IsVersion(text);
    }

    // 1.0.7 is not a number to anyone; 1.0, 10, 1e3, 12:30 and 2024-01-31 are something to someone.
    private static bool IsVersion(ReadOnlySpan<byte> text)
    {
        for (var dots = 0; dots < 2; dots++)
        {
            var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits <= 0 || text[digits] != (byte)'.')
                return false;
            text = text[(digits + 1)..];
        }
        return text.Length > 0 && char.IsAsciiDigit((char)text[0]);
    }

    private static bool IsWord(ReadOnlySpan<byte> text)
    {
        if (text.Length > 5)
            return false;
        foreach (var word in Words)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(text, word))
                return true;
        }
        return false;
    }

    /// <summary>No control, tab, separator, byte order mark or other character that needs an escape.</summary>
    private static bool IsPrintable(ReadOnlySpan<byte> text, bool lineFeeds)
    {
        for (var rest = text; ; )
        {
            var next = rest.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E);
            if (next < 0)
                return true;
            rest = rest[next..];
            var c = rest[0];
            if (c < 0x80 ? !(lineFeeds && c == (byte)'\n') : YamlQuoting.NeedsEscape(rest))
                return false;
            rest = rest[1..];
        }
    }

    private static void WriteSingleQuoted(YamlBuffer output, ReadOnlySpan<byte> text)
    {
        output.Byte((byte)'\'');
        while (text.IndexOf((byte)'\'') is >= 0 and var quote)
        {
            output.Bytes(text[..(quote + 1)]);
            output.Byte((byte)'\'');
            text = text[(quote + 1)..];
        }
        output.Bytes(text);
        output.Byte((byte)'\'');
    }
}
