namespace McpRuntime.Documents;

/// <summary>
/// Memory that a document is read into. Imports of many documents one after another use the same memory again, as the
/// first touch of large memory costs about as much as parsing what it holds; nothing is kept that a collection wants.
/// </summary>
internal sealed class DocumentBuffer : IDisposable
{
    private static WeakReference<byte[]>? _last;

    private byte[]? _bytes;
    private int _count;

    private DocumentBuffer(byte[] bytes) => _bytes = bytes;

    /// <summary>What was read; not to be used after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Written => Bytes.AsMemory(0, _count);

    /// <summary>Where the next bytes go; empty when it is full.</summary>
    public Memory<byte> Free => Bytes.AsMemory(_count);

    public int Count => _count;

    private byte[] Bytes => _bytes ?? throw new ObjectDisposedException(nameof(DocumentBuffer));

    /// <summary>Room for at least so many bytes; they are not cleared, so a length that is a lie costs next to nothing.</summary>
    public static DocumentBuffer OfLength(int length) => new(Array(length));

    public void Advance(int count) => _count += count;

    public void Grow(int length)
    {
        var larger = Array(length);
        Bytes.AsSpan(0, _count).CopyTo(larger);
        _bytes = larger;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
            Volatile.Write(ref _last, new WeakReference<byte[]>(bytes));
    }

    // One that is much too large would make a small document hold much memory.
    private static byte[] Array(int length) =>
        Interlocked.Exchange(ref _last, null) is { } last && last.TryGetTarget(out var kept)
            && kept.Length >= length && kept.Length / 4 <= length
            ? kept
            : GC.AllocateUninitializedArray<byte>(length);
}
