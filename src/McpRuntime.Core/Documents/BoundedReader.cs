namespace McpRuntime.Documents;

/// <summary>
/// Reads a stream to its end, but never beyond a limit. What a file system or a Content-Length header says about the
/// length only sizes the first buffer: devices, pipes and servers lie.
/// </summary>
internal static class BoundedReader
{
    private const int SmallestBuffer = 16 * 1024;

    // Memory that is not cleared is not touched before bytes come, so that a length that is a lie costs next to nothing.
    private const int LargestFirstBuffer = 64 * 1024 * 1024;

    /// <exception cref="Diagnostics.FindingsException">More than <paramref name="maxBytes"/> came.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        Stream stream, long maxBytes, string source, long? expected, CancellationToken cancellationToken)
    {
        var largest = (int)Math.Min(Math.Max(maxBytes, 0), Array.MaxLength - 1);
        var first = Math.Clamp(expected ?? 0, SmallestBuffer, Math.Max((long)largest, SmallestBuffer));

        // One byte more than expected, so that the end shows itself without growing the buffer.
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(first, LargestFirstBuffer) + 1);
        var count = 0;
        while (true)
        {
            if (count == buffer.Length)
                buffer = Grown(buffer, largest);
            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken);
            if (read == 0)
                return buffer.AsMemory(0, count);
            count += read;
            if (count > largest)
                throw DocumentFailure.TooLarge(source, maxBytes);
        }
    }

    private static byte[] Grown(byte[] full, int largest)
    {
        var larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(full.Length * 2L, largest + 1L));
        full.CopyTo(larger, 0);
        return larger;
    }
}
