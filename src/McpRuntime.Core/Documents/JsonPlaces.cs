using System.Text.Json;

namespace McpRuntime.Documents;

/// <summary>Finds the places of wanted pointers in JSON text.</summary>
internal static class JsonPlaces
{
    public static void Fill(ReadOnlySpan<byte> text, PlaceNode root)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 100_000 });
        var lines = new LineCounter(text);
        if (!reader.Read())
            return;
        Mark(root, ref lines, reader.TokenStartIndex);
        Walk(ref reader, ref lines, root);
    }

    private static void Walk(ref Utf8JsonReader reader, ref LineCounter lines, PlaceNode node)
    {
        if (!node.HasChildren)
        {
            reader.Skip();
            return;
        }
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var child = node.Child(reader.GetString()!);
                Mark(child, ref lines, reader.TokenStartIndex);
                reader.Read();
                Enter(ref reader, ref lines, child);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                var child = node.Child(index);
                Mark(child, ref lines, reader.TokenStartIndex);
                Enter(ref reader, ref lines, child);
            }
        }
    }

    private static void Enter(ref Utf8JsonReader reader, ref LineCounter lines, PlaceNode? child)
    {
        if (child is null)
            reader.Skip();
        else
            Walk(ref reader, ref lines, child);
    }

    private static void Mark(PlaceNode? node, ref LineCounter lines, long offset)
    {
        if (node is null)
            return;
        var (line, column) = lines.At((int)offset);
        node.Found(line, column);
    }

    /// <summary>Lines of growing offsets, each part of the text counted once.</summary>
    private ref struct LineCounter(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _counted;
        private int _newlines;

        public (int Line, int Column) At(int offset)
        {
            _newlines += _text[_counted..offset].Count((byte)'\n');
            _counted = offset;
            var lineStart = _text[..offset].LastIndexOf((byte)'\n') + 1;
            return (_newlines + 1, System.Text.Encoding.UTF8.GetCharCount(_text[lineStart..offset]) + 1);
        }
    }
}
