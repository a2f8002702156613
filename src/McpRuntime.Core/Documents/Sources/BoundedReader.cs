namespace McpRuntime.Documents.Sources;

/// <summary>
/// Reads a stream to its end, but never beyond a limit. What a file system or a Content-Length header says about the
/// length only sizes the first buffer: devices, pipes and servers lie.
/// </summary>
internal static class BoundedReader
{
    private const int SmallestBuffer = 16 * 1024;
    private const int LargestFirstBuffer = 64 * 1024 * 1024;

    /// <param name="stream">Read to its end.</param>
    /// <param name="maxBytes">The limit.</param>
    /// <param name="source">For messages.</param>
    /// <param name="expected">Bytes as someone announced them; null where no one did.</param>
    /// <param name="onRead">Gets the count of bytes whenever some have come; null for no one.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="Diagnostics.FindingsException">More than <paramref name="maxBytes"/> came.</exception>
    public static async Task<ReadBytes> ReadAsync(
        Stream stream,
        long maxBytes,
        string source,
        long? expected,
        Action<long>? onRead,
        CancellationToken cancellationToken
    )
    {
        var largest = (int)Math.Min(Math.Max(maxBytes, 0), Array.MaxLength - 1);
        var first = Math.Clamp(expected ?? 0, SmallestBuffer, Math.Max((long)largest, SmallestBuffer));

        // One byte more than expected, so that the end shows itself without growing the buffer.
        // Not cleared, so that a length that is a lie costs next to nothing.
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(first, LargestFirstBuffer) + 1);
        for (var count = 0; ; )
        {
            if (count == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(count * 2L, largest + 1L));
            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken);
            if (read == 0)
                return new ReadBytes(buffer.AsMemory(0, count));
            count += read;
            onRead?.Invoke(count);
            if (count > largest)
                throw DocumentFailure.TooLarge(source, maxBytes);
        }
    }
}
