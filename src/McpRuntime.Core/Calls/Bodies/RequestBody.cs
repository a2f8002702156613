namespace McpRuntime.Calls.Bodies;

/// <summary>A body as it goes out.</summary>
internal sealed record RequestBody(ReadOnlyMemory<byte> Bytes, string ContentType);
