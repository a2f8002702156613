using McpRuntime.Json;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// The text of a schema and the references in it, which have no names yet: which name a shared schema gets, and whether
/// its input differs from its output, is known only when all schemas are seen.
/// </summary>
/// <param name="utf8">JSON in which references are empty strings.</param>
/// <param name="references">The references, in the order of the text.</param>
internal sealed class SchemaFragment(ReadOnlyMemory<byte> utf8, IReadOnlyList<FragmentReference> references)
{
    internal IReadOnlyList<FragmentReference> References { get; } = references;

    /// <summary>A property was left out, or would be in the other direction.</summary>
    internal bool DependsOnDirection { get; init; }

    /// <summary>Bytes of the text with its references.</summary>
    internal int Length(NamedSchemas names, SchemaDirection direction)
    {
        var length = utf8.Length;
        for (var i = 0; i < References.Count; i++)
            length += names[References[i].Definition].Reference(direction).Length;
        return length;
    }

    /// <summary>The text with its references.</summary>
    /// <param name="names">Names of the schemas that are referred to.</param>
    /// <param name="direction">Which of two names a schema has.</param>
    /// <param name="texts">Keeps the text.</param>
    internal JsonText ToText(NamedSchemas names, SchemaDirection direction, ChunkBuffer texts)
    {
        if (References.Count == 0)
            return new JsonText(utf8);
        texts.Advance(WriteTo(texts.GetSpan(Length(names, direction)), names, direction));
        return new JsonText(texts.Take());
    }

    /// <summary>Writes the text with its references, and gives its length.</summary>
    /// <param name="output">Has room for <see cref="Length"/> bytes.</param>
    /// <param name="names">Names of the schemas that are referred to.</param>
    /// <param name="direction">Which of two names a schema has.</param>
    internal int WriteTo(Span<byte> output, NamedSchemas names, SchemaDirection direction)
    {
        var text = utf8.Span;
        var (read, written) = (0, 0);
        for (var i = 0; i < References.Count; i++)
        {
            var reference = names[References[i].Definition].Reference(direction);
            text[read..References[i].Offset].CopyTo(output[written..]);
            written += References[i].Offset - read;
            read = References[i].Offset;
            reference.CopyTo(output[written..]);
            written += reference.Length;
        }
        text[read..].CopyTo(output[written..]);
        return written + text.Length - read;
    }
}

/// <param name="Offset">Byte offset of the reference between its quotes.</param>
/// <param name="Definition">The shared schema that is meant.</param>
/// <param name="Way">How it applies to the value that the whole schema is about.</param>
internal sealed record FragmentReference(int Offset, SchemaDefinition Definition, SchemaWay Way);

/// <summary>How a subschema applies to the value of the schema that it is in; the strongest on the way wins.</summary>
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

/// <summary>
/// Which way values of a schema go; <c>readOnly</c> properties leave the one, <c>writeOnly</c> the other.
/// </summary>
internal enum SchemaDirection
{
    Output,
    Input,
}
