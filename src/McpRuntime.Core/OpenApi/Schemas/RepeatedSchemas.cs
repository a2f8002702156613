using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// The texts of small schemas that a document says again and again: identifiers, dates and links stand in hundreds of
/// objects in the same words, and each object may be an input, an output and a set of arguments. A text is kept when
/// its schema comes for the second time; most never do.
/// </summary>
internal sealed class RepeatedSchemas
{
    // Shorter ones are written as fast as they are found, longer ones are seldom the same.
    private const int Shortest = 32;
    private const int Longest = 2048;

    private readonly HashSet<TextKey> _seen = [];
    private readonly Dictionary<TextKey, SchemaFragment> _texts = [];
    private readonly ChunkBuffer _buffer = new();

    /// <summary>The text of a schema that came before; false where there is none.</summary>
    /// <param name="resource">What references are relative to.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="text">What was written for it.</param>
    /// <param name="key">To <see cref="Keep(TextKey, SchemaFragment)"/> the text that is now written; null where it is not wanted.</param>
    internal bool TryGet(SpecResource resource, JsonElement schema, [NotNullWhen(true)] out SchemaFragment? text, out TextKey? key)
    {
        (text, key) = (null, null);
        if (JsonMarshal.GetRawUtf8Value(schema).Length is < Shortest or > Longest)
            return false;
        var own = new TextKey(resource, schema);
        if (_texts.TryGetValue(own, out text))
            return true;
        if (!_seen.Add(own))
            key = own;
        return false;
    }

    internal void Keep(TextKey key, ReadOnlySpan<byte> text)
    {
        _buffer.Write(text);
        Keep(key, new SchemaFragment(_buffer.Take(), []));
    }

    internal void Keep(TextKey key, SchemaFragment text) => _texts.TryAdd(key, text);
}
