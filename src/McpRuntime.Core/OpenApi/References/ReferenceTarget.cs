using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.References;

/// <summary>The one place that a reference means; compared by identity.</summary>
internal sealed class ReferenceTarget(SpecResource resource, JsonElement element, string pointer)
{
    private readonly Place _place = new(pointer);

    internal SpecResource Resource { get; } = resource;

    internal JsonElement Element { get; } = element;

    /// <summary>Pointer in the document.</summary>
    internal string Pointer { get; } = pointer;

    internal SpecDocument Document => Resource.Document;

    /// <summary>Where it stands in the document's text, in bytes.</summary>
    internal nint Offset { get; } = Unsafe.ByteOffset(
        ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(resource.Document.Root)),
        ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(element)));

    internal Node Node => new(Resource, Element, _place);
}

/// <summary>What became of a reference.</summary>
/// <param name="Target">Where it leads; null where it leads nowhere.</param>
/// <param name="Problem">Why it leads nowhere; null too while its document is still to be read.</param>
internal readonly record struct Resolution(ReferenceTarget? Target, string? Problem)
{
    /// <summary>The document that it names is not read yet: another round will tell.</summary>
    internal bool IsPending => Target is null && Problem is null;
}
