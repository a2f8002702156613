namespace McpRuntime.Documents;

/// <summary>
/// Reads a stream to its end, but never beyond a limit. What a file system or a Content-Length header says about the
/// length only sizes the first buffer: devices, pipes and servers lie.
/// </summary>
internal static class BoundedReader
{
    private const int SmallestBuffer = 16 * 1024;
    private const int LargestFirstBuffer = 64 * 1024 * 1024;

    /// <exception cref="Diagnostics.FindingsException">More than <paramref name="maxBytes"/> came.</exception>
    public static async Task<DocumentBuffer> ReadAsync(
        Stream stream, long maxBytes, string source, long? expected, CancellationToken cancellationToken)
    {
        var largest = (int)Math.Min(Math.Max(maxBytes, 0), Array.MaxLength - 1);
        var first = Math.Clamp(expected ?? 0, SmallestBuffer, Math.Max((long)largest, SmallestBuffer));

        // One byte more than expected, so that the end shows itself without growing the buffer.
        var buffer = DocumentBuffer.OfLength((int)Math.Min(first, LargestFirstBuffer) + 1);
        while (true)
        {
            if (buffer.Free.IsEmpty)
                buffer.Grow((int)Math.Min(buffer.Count * 2L, largest + 1L));
            // Where this fails the memory is not given back: a stream that was cancelled may still write into it.
            var read = await stream.ReadAsync(buffer.Free, cancellationToken);
            if (read == 0)
                return buffer;
            buffer.Advance(read);
            if (buffer.Count > largest)
                throw DocumentFailure.TooLarge(source, maxBytes);
        }
    }
}
