using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpRuntime.OpenApi.Model;

/// <summary>A place that references mean; equal to any other of the same place, however it is referred to.</summary>
internal sealed class ReferenceTarget(SpecResource resource, JsonElement element, string pointer)
    : IEquatable<ReferenceTarget>
{
    private readonly DocumentPath _place = new(pointer);
    private readonly int _hash = pointer.GetHashCode(StringComparison.Ordinal);

    internal SpecResource Resource { get; } = resource;

    internal JsonElement Element { get; } = element;

    /// <summary>Pointer in the document.</summary>
    internal string Pointer { get; } = pointer;

    internal SpecDocument Document => Resource.Document;

    /// <summary>Where it is in the document's text, in bytes.</summary>
    internal nint Offset { get; } =
        Unsafe.ByteOffset(
            ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(resource.Document.Root)),
            ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(element))
        );

    internal Node Node => new(Resource, Element, _place);

    public bool Equals(ReferenceTarget? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Document == other.Document && Pointer == other.Pointer);

    public override bool Equals(object? obj) => Equals(obj as ReferenceTarget);

    public override int GetHashCode() => _hash;
}

/// <summary>What became of a reference.</summary>
/// <param name="Target">Where it leads; null where it leads nowhere.</param>
/// <param name="Problem">Why it leads nowhere.</param>
/// <param name="Missing">The document that it is in, where that has not been read.</param>
internal sealed record Resolution(ReferenceTarget? Target, string? Problem, Uri? Missing = null);
