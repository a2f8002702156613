namespace McpRuntime.OpenApi.References;

/// <summary>Bounds of what references of one document may bring in.</summary>
internal sealed record ReferenceLimits
{
    /// <summary>Documents next to the first.</summary>
    internal int MaxDocuments { get; init; } = 2_000;

    /// <summary>Bytes of all of them together.</summary>
    internal long MaxBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>References from document to document to document.</summary>
    internal int MaxDepth { get; init; } = 32;
}
