using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>How a file is laid out, so that what is added looks like what is there.</summary>
/// <param name="IndentCharacter">Space or tab.</param>
/// <param name="IndentSize">Characters a level.</param>
/// <param name="NewLine"><c>\n</c> or <c>\r\n</c>.</param>
internal sealed record JsoncStyle(char IndentCharacter, int IndentSize, string NewLine)
{
    public static JsoncStyle Of(ReadOnlySpan<byte> text)
    {
        var newLine = text.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        for (var rest = text; rest.IndexOf((byte)'\n') is var end and >= 0; )
        {
            rest = rest[(end + 1)..];
            var indent = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (indent > 0 && rest[indent] is (byte)'"' or (byte)'/')
                return rest[0] == '\t'
                    ? new JsoncStyle('\t', 1, newLine)
                    : new JsoncStyle(' ', Math.Min(indent, 8), newLine);
        }
        // VS Code writes its own files with tabs.
        return new JsoncStyle('\t', 1, newLine);
    }

    /// <summary>A new line that starts at a depth.</summary>
    public byte[] LineAt(int depth)
    {
        var line = new byte[NewLine.Length + (depth * IndentSize)];
        line.AsSpan(NewLine.Length).Fill((byte)IndentCharacter);
        for (var i = 0; i < NewLine.Length; i++)
            line[i] = (byte)NewLine[i];
        return line;
    }

    /// <summary>A value whose members stand below <paramref name="depth"/>.</summary>
    public byte[] Write(int depth, Action<Utf8JsonWriter> write)
    {
        var options = new JsonWriterOptions
        {
            Indented = true,
            IndentCharacter = IndentCharacter,
            IndentSize = IndentSize,
            NewLine = NewLine,
            // Paths stay readable: the text is its own file and is in no page.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written, options))
            write(writer);
        var deeper = new List<byte>(written.WrittenCount * 2);
        var indent = LineAt(depth).AsSpan(NewLine.Length);
        foreach (var b in written.WrittenSpan)
        {
            deeper.Add(b);
            // JSON strings hold no raw line feeds, so every one here ends a line.
            if (b == '\n')
                deeper.AddRange(indent);
        }
        return [.. deeper];
    }
}
