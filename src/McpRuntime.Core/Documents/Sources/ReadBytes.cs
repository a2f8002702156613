namespace McpRuntime.Documents.Sources;

/// <summary>What was read of a file, a URL or a stream.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="BaseUri">What relative references in it start from; null for a stream.</param>
internal sealed record ReadBytes(ReadOnlyMemory<byte> Bytes, Uri? BaseUri = null);
