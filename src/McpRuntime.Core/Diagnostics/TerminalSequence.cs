namespace McpRuntime.Diagnostics;

/// <summary>Control sequences of terminals (ECMA-48): CSI, and the strings OSC, DCS, SOS, PM and APC.</summary>
internal static class TerminalSequence
{
    // A string that never ends may not swallow a whole description.
    private const int LongestString = 4096;

    /// <summary>The index after the sequence that starts at <paramref name="start"/>.</summary>
    internal static int End(string text, int start)
    {
        var introducer = text[start];
        var next = start + 1;
        if (introducer == '\u001b')
        {
            if (next >= text.Length)
                return next;
            introducer = text[next];
            next++;
        }
        return introducer switch
        {
            '[' or '\u009b' => EndOfCsi(text, next),
            ']' or 'P' or 'X' or '^' or '_' or '\u009d' or '\u0090' => EndOfString(text, next),
            >= ' ' and <= '/' => Math.Min(next + 1, text.Length),
            _ => next,
        };
    }

    // ECMA-48 section 5.4: parameter bytes 30–3F, intermediate bytes 20–2F, one final byte 40–7E.
    private static int EndOfCsi(string text, int position)
    {
        while (position < text.Length && text[position] is >= '\u0020' and <= '\u003f')
            position++;
        return position < text.Length && text[position] is >= '\u0040' and <= '\u007e' ? position + 1 : position;
    }

    private static int EndOfString(string text, int start)
    {
        var end = Math.Min(text.Length, start + LongestString);
        for (var position = start; position < end; position++)
        {
            switch (text[position])
            {
                case '\a' or '\u009c':
                    return position + 1;
                case '\u001b' when position + 1 < text.Length && text[position + 1] == '\\':
                    return position + 2;
                case '\n' or '\r':
                    return start;
            }
        }
        return start;
    }
}
