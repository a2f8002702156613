using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.Documents.Json;

/// <summary>
/// Finds the places of wanted pointers in JSON text. The parsed document knows where everything is, so only what
/// leads to a wanted place is looked at.
/// </summary>
internal static class JsonPositions
{
    /// <param name="text">The text.</param>
    /// <param name="json">What was parsed from that very memory.</param>
    /// <param name="root">Receives the places.</param>
    public static void Fill(ReadOnlySpan<byte> text, JsonElement json, PositionNode root)
    {
        var lines = new LineCounter(text);
        lines.Mark(root, JsonMarshal.GetRawUtf8Value(json));
        Walk(json, ref lines, root);
    }

    private static void Walk(JsonElement element, ref LineCounter lines, PositionNode node)
    {
        if (!node.HasChildren)
            return;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                if (node.Child(property.Name) is not { } child)
                    continue;
                lines.Mark(child, JsonMarshal.GetRawUtf8PropertyName(property), quote: 1);
                Walk(property.Value, ref lines, child);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                if (node.Child(index++) is not { } child)
                    continue;
                lines.Mark(child, JsonMarshal.GetRawUtf8Value(item));
                Walk(item, ref lines, child);
            }
        }
    }

    /// <summary>Lines and columns of growing offsets, each part of the text counted once.</summary>
    private ref struct LineCounter(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _counted;
        private int _line = 1;
        private int _column = 1;

        public void Mark(PositionNode node, ReadOnlySpan<byte> part, int quote = 0)
        {
            if (!_text.Overlaps(part, out var offset))
                return;
            Count(_text[_counted..(offset - quote)]);
            _counted = offset - quote;
            node.Found(_line, _column);
        }

        private void Count(ReadOnlySpan<byte> passed)
        {
            var lineStart = passed.LastIndexOf((byte)'\n') + 1;
            if (lineStart > 0)
            {
                _line += passed[..lineStart].Count((byte)'\n');
                _column = 1;
            }
            _column += System.Text.Encoding.UTF8.GetCharCount(passed[lineStart..]);
        }
    }
}
