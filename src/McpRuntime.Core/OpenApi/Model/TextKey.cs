using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.OpenApi.Model;

/// <summary>The text of a value and what its references are relative to: equal keys mean the same.</summary>
internal sealed class TextKey(SpecResource resource, JsonElement element) : IEquatable<TextKey>
{
    private readonly SpecResource _resource = resource;
    private readonly JsonElement _element = element;
    private readonly int _hash = (int)ByteHash.Of(JsonMarshal.GetRawUtf8Value(element));

    public bool Equals(TextKey? other) =>
        other is not null
        && _resource == other._resource
        && JsonMarshal.GetRawUtf8Value(_element).SequenceEqual(JsonMarshal.GetRawUtf8Value(other._element));

    public override bool Equals(object? obj) => obj is TextKey other && Equals(other);

    public override int GetHashCode() => _hash;
}
