using System.Text;

namespace McpRuntime.Documents;

/// <summary>
/// Byte offsets in UTF-8 text as lines and columns, both counted from 1, columns in UTF-16 code units.
/// </summary>
internal static class TextPositions
{
    public static (int Line, int Column) At(ReadOnlySpan<byte> text, int offset)
    {
        var before = text[..Math.Min(offset, text.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    /// <summary>
    /// The offset of a place that <see cref="System.Text.Json.JsonException"/> gives: line and bytes from 0.
    /// </summary>
    public static int Offset(ReadOnlySpan<byte> text, long line, long bytesInLine)
    {
        var offset = 0;
        for (; line > 0; line--)
        {
            var end = text[offset..].IndexOf((byte)'\n');
            if (end < 0)
                break;
            offset += end + 1;
        }
        return (int)Math.Min(offset + bytesInLine, text.Length);
    }
}
