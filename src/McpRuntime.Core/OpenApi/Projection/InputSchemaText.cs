using System.Text;
using McpRuntime.Json;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// The text of a tool's input, put together from the texts of its arguments: a plain object at the root, which is what
/// every client takes.
/// </summary>
internal static class InputSchemaText
{
    private static ReadOnlySpan<byte> Start => "{\"type\":\"object\",\"properties\":{"u8;

    private static ReadOnlySpan<byte> Required => ",\"required\":["u8;

    private static ReadOnlySpan<byte> End => ",\"additionalProperties\":false}"u8;

    /// <param name="tool">Its arguments have names of <c>^[A-Za-z0-9_-]{1,64}$</c>, which need no escapes.</param>
    /// <param name="names">Names of shared schemas.</param>
    /// <param name="texts">Keeps the text.</param>
    internal static JsonText Of(WrittenTool tool, NamedSchemas names, ChunkBuffer texts)
    {
        var shape = tool.Shape;
        var output = new Output(texts.GetSpan(MaxLength(tool, names)));
        output.Add(Start);
        for (var i = 0; i < tool.Arguments.Count; i++)
        {
            output.AddName(shape.NameOf(i), isFirst: i == 0);
            output.Add((byte)':');
            output.Add(tool.Arguments[i], names);
        }
        output.Add((byte)'}');
        AddRequired(shape, ref output);
        output.Add(End);
        texts.Advance(output.Written);
        return new JsonText(texts.Take());
    }

    private static void AddRequired(ToolShape tool, ref Output output)
    {
        var count = 0;
        for (var i = 0; i < tool.Arguments.Length; i++)
        {
            if (!tool.Arguments[i].IsRequired)
                continue;
            if (count == 0)
                output.Add(Required);
            output.AddName(tool.NameOf(i), isFirst: count++ == 0);
        }
        if (count > 0)
            output.Add((byte)']');
    }

    private static int MaxLength(WrittenTool tool, NamedSchemas names)
    {
        var length = Start.Length + Required.Length + End.Length + 2;
        for (var i = 0; i < tool.Arguments.Count; i++)
            length += (2 * (tool.Shape.NameOf(i).Length + 4)) + tool.Arguments[i].Length(names, SchemaDirection.Input);
        return length;
    }

    private ref struct Output(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;

        internal int Written { get; private set; }

        internal void Add(byte value) => _buffer[Written++] = value;

        internal void Add(ReadOnlySpan<byte> text)
        {
            text.CopyTo(_buffer[Written..]);
            Written += text.Length;
        }

        internal void Add(SchemaFragment fragment, NamedSchemas names) =>
            Written += fragment.WriteTo(_buffer[Written..], names, SchemaDirection.Input);

        internal void AddName(string name, bool isFirst)
        {
            if (!isFirst)
                Add((byte)',');
            Add((byte)'"');
            Written += Encoding.ASCII.GetBytes(name, _buffer[Written..]);
            Add((byte)'"');
        }
    }
}
