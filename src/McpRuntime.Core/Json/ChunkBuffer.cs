using System.Buffers;

namespace McpRuntime.Json;

/// <summary>
/// Texts one after the other in chunks that they share: thousands of small texts cost a handful of arrays. What was
/// taken stays where it is.
/// </summary>
internal sealed class ChunkBuffer : IBufferWriter<byte>
{
    // Below the size from which the runtime keeps arrays apart and clears them.
    private const int ChunkSize = 64 * 1024;

    private byte[] _chunk = [];
    private int _start;
    private int _end;

    /// <summary>What was written since the last <see cref="Take"/>.</summary>
    public ReadOnlySpan<byte> Pending => _chunk.AsSpan(_start, _end - _start);

    /// <summary>Takes what was written since the last call; it belongs to the caller.</summary>
    public Memory<byte> Take()
    {
        var taken = _chunk.AsMemory(_start, _end - _start);
        _start = _end;
        return taken;
    }

    public void Advance(int count) => _end += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _chunk.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    // A text is in one piece: what was written of it moves along.
    private void Reserve(int count)
    {
        if (_chunk.Length - _end >= count)
            return;
        var pending = _chunk.AsSpan(_start, _end - _start);
        var next = GC.AllocateUninitializedArray<byte>(Math.Max(ChunkSize, (pending.Length + count) * 2));
        pending.CopyTo(next);
        (_chunk, _start, _end) = (next, 0, pending.Length);
    }
}
