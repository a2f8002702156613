using McpRuntime.Json;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// The text of a schema whose references are still to be filled in: which name a shared schema gets, and whether its
/// input differs from its output, is known only when all schemas are seen.
/// </summary>
/// <param name="utf8">JSON in which something else stands for each reference.</param>
/// <param name="holes">Where the references go, ascending.</param>
internal sealed class SchemaFragment(Memory<byte> utf8, ReferenceHole[] holes)
{
    internal ReferenceHole[] Holes { get; } = holes;

    /// <summary>The text; of one with references it is not complete.</summary>
    internal ReadOnlySpan<byte> Text => utf8.Span;

    /// <summary>A property was left out, or would be in the other direction.</summary>
    internal bool DependsOnDirection { get; init; }

    /// <summary>Bytes of the text with its references.</summary>
    internal int CompletedLength(SchemaDirection direction)
    {
        var length = utf8.Length;
        foreach (var hole in Holes)
            length += hole.Definition.Reference(direction).Length - hole.Room;
        return length;
    }

    /// <summary>The text with its references filled in.</summary>
    /// <param name="direction">Which of two spellings a reference gets.</param>
    /// <param name="texts">Keeps a text that has no room where it is.</param>
    /// <param name="isLast">The fragment's own text is not needed any more.</param>
    internal JsonText Complete(SchemaDirection direction, ChunkBuffer texts, bool isLast)
    {
        if (Holes.Length == 0)
            return new JsonText(utf8);
        if (isLast && HasRoom(direction))
        {
            WriteTo(utf8.Span, direction, out var length);
            return new JsonText(utf8[..length]);
        }
        WriteTo(texts.GetSpan(CompletedLength(direction)), direction, out var written);
        texts.Advance(written);
        return new JsonText(texts.Take());
    }

    /// <summary>Writes the text with its references.</summary>
    /// <param name="output">Has room for <see cref="CompletedLength"/> bytes.</param>
    /// <param name="direction">Which of two spellings a reference gets.</param>
    /// <param name="written">Bytes written.</param>
    internal void WriteTo(Span<byte> output, SchemaDirection direction, out int written)
    {
        var text = utf8.Span;
        var read = 0;
        written = 0;
        foreach (var hole in Holes)
        {
            var reference = hole.Definition.Reference(direction);
            text[read..hole.Offset].CopyTo(output[written..]);
            written += hole.Offset - read;
            read = hole.Offset + hole.Room;
            reference.CopyTo(output[written..]);
            written += reference.Length;
        }
        text[read..].CopyTo(output[written..]);
        written += text.Length - read;
    }

    // Then nothing that is written in place runs over what is still to be read.
    private bool HasRoom(SchemaDirection direction)
    {
        foreach (var hole in Holes)
        {
            if (hole.Definition.Reference(direction).Length > hole.Room)
                return false;
        }
        return true;
    }
}

/// <param name="Offset">Byte offset of the reference between its quotes.</param>
/// <param name="Room">Bytes that are kept for it.</param>
/// <param name="Definition">The shared schema that is meant.</param>
/// <param name="Way">How it applies to the value that the whole schema is about.</param>
internal readonly record struct ReferenceHole(int Offset, int Room, SchemaDefinition Definition, SchemaWay Way);

/// <summary>How a subschema applies to the value of the schema that it stands in; the strongest on the way wins.</summary>
internal enum SchemaWay : byte
{
    /// <summary>To the same value, always: the schema itself and <c>allOf</c>.</summary>
    Whole,

    /// <summary>To the same value, as one of several: <c>oneOf</c> and <c>anyOf</c>.</summary>
    Alternative,

    /// <summary>To the same value, in some other way: <c>not</c>, <c>if</c>, <c>dependentSchemas</c>.</summary>
    Condition,

    /// <summary>To a part of the value: a property, an item, a name.</summary>
    Part,
}

/// <summary>Which way values of a schema go; <c>readOnly</c> properties leave the one, <c>writeOnly</c> the other.</summary>
internal enum SchemaDirection
{
    Output,
    Input,
}

internal static class SchemaDirections
{
    internal static SchemaDirection Other(this SchemaDirection direction) =>
        direction == SchemaDirection.Input ? SchemaDirection.Output : SchemaDirection.Input;
}
