using System.Text.Json;

namespace McpRuntime.OpenApi.Model;

/// <summary>
/// What references without a URI part are relative to: a document, or a schema with an <c>$id</c> of its own
/// (JSON Schema 2020-12 section 8.2.1).
/// </summary>
internal sealed class SpecResource(SpecDocument document, Uri? baseUri, JsonElement root, string pointer)
{
    internal SpecDocument Document { get; } = document;

    internal Uri? BaseUri { get; } = baseUri;

    internal JsonElement Root { get; } = root;

    /// <summary>Pointer of <see cref="Root"/> in the document.</summary>
    internal string Pointer { get; } = pointer;

    /// <summary>The place of <see cref="Root"/>.</summary>
    internal DocumentPath Path { get; } = new(pointer);
}
