using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.OpenApi.Reading;

/// <summary>Something made of a value that may stand elsewhere in the same words.</summary>
internal abstract class Repeatable
{
    /// <summary>Something was said about it. A finding has one place, so the same words elsewhere are read anew.</summary>
    internal bool IsSpokenOf { get; set; }
}

/// <summary>
/// What was made of values that a document says again letter by letter. Large APIs describe the same parameter, body
/// or response thousands of times, and what they mean depends on nothing but their text and the base of its references.
/// </summary>
internal sealed class Repeats<T>(ImportFindings findings)
    where T : Repeatable
{
    private readonly Dictionary<Key, T> _known = [];

    /// <summary>What was made of the same text before; null where nothing was.</summary>
    internal T? Find(SpecResource resource, JsonElement element, out Key key)
    {
        key = new Key(resource, element);
        return _known.TryGetValue(key, out var known) && !known.IsSpokenOf ? known : null;
    }

    /// <summary>Keeps what was made, unless something was said since <paramref name="said"/>.</summary>
    internal void Keep(Key key, T made, int said)
    {
        if (findings.Said == said)
            _known[key] = made;
    }

    /// <summary>A text and what its references are relative to.</summary>
    internal readonly struct Key(SpecResource resource, JsonElement element) : IEquatable<Key>
    {
        private readonly SpecResource _resource = resource;
        private readonly JsonElement _element = element;
        private readonly int _hash = (int)ByteHash.Of(JsonMarshal.GetRawUtf8Value(element));

        public bool Equals(Key other) =>
            _resource == other._resource
            && JsonMarshal.GetRawUtf8Value(_element).SequenceEqual(JsonMarshal.GetRawUtf8Value(other._element));

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => _hash;
    }
}
