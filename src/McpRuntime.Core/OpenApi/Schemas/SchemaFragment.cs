using McpRuntime.Json;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// The text of a schema whose references are still to be filled in: which name a shared schema gets, and whether its
/// input differs from its output, is known only when all schemas are seen.
/// </summary>
/// <param name="Utf8">JSON in which every reference is the empty string.</param>
/// <param name="Holes">Where the references go, ascending.</param>
internal sealed record SchemaFragment(byte[] Utf8, ReferenceHole[] Holes)
{
    /// <summary>A property was left out, or would be in the other direction.</summary>
    internal bool DependsOnDirection { get; init; }

    /// <summary>Bytes of the text with its references.</summary>
    internal int CompletedLength(SchemaDirection direction)
    {
        var length = Utf8.Length;
        foreach (var hole in Holes)
            length += hole.Definition.Reference(direction).Length;
        return length;
    }

    /// <summary>Fills the references in.</summary>
    internal JsonText Complete(SchemaDirection direction)
    {
        if (Holes.Length == 0)
            return new JsonText(Utf8);
        var text = new byte[CompletedLength(direction)];
        var (read, written) = (0, 0);
        foreach (var hole in Holes)
        {
            var reference = hole.Definition.Reference(direction);
            Utf8.AsSpan(read, hole.Offset - read).CopyTo(text.AsSpan(written));
            written += hole.Offset - read;
            read = hole.Offset;
            reference.CopyTo(text.AsSpan(written));
            written += reference.Length;
        }
        Utf8.AsSpan(read).CopyTo(text.AsSpan(written));
        return new JsonText(text);
    }
}

/// <param name="Offset">Byte offset between the quotes of the empty string.</param>
/// <param name="Definition">The shared schema that is meant.</param>
internal readonly record struct ReferenceHole(int Offset, SchemaDefinition Definition);

/// <summary>Which way values of a schema go; <c>readOnly</c> properties leave the one, <c>writeOnly</c> the other.</summary>
internal enum SchemaDirection
{
    Output,
    Input,
}
