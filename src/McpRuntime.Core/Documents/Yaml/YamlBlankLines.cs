namespace McpRuntime.Documents.Yaml;

/// <summary>
/// Empties lines that hold nothing but spaces. YamlDotNet refuses a block scalar that begins with such a line
/// ("extra spaces in first line") even where its indentation is right (YAML 1.2.2 section 8.1.1.1), and editors
/// leave them everywhere. Line numbers stay.
/// </summary>
internal static class YamlBlankLines
{
    /// <summary>The text without those spaces; null where there are none.</summary>
    public static ReadOnlyMemory<byte>? Empty(ReadOnlyMemory<byte> text)
    {
        var source = text.Span;
        var output = new byte[source.Length];
        var written = 0;
        for (var start = 0; start < source.Length; )
        {
            var end = source[start..].IndexOf((byte)'\n');
            var line = source[start..(end < 0 ? source.Length : start + end + 1)];
            start += line.Length;
            if (line.IndexOfAnyExcept(" \r\n"u8) < 0)
                line = line.TrimStart((byte)' ');
            line.CopyTo(output.AsSpan(written));
            written += line.Length;
        }
        if (written == source.Length)
            return null;
        return output.AsMemory(0, written);
    }
}
