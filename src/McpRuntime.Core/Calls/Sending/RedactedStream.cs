using McpRuntime.Credentials;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// A body without the secrets of its call, see <see cref="Redactor.RedactBody"/>. Only bytes that may be the beginning
/// of a secret wait for those that follow them.
/// </summary>
/// <param name="inner">The body; not disposed here.</param>
/// <param name="redactor">Knows the secrets.</param>
internal sealed class RedactedStream(Stream inner, Redactor redactor) : ReadingStream
{
    private const int ChunkSize = 64 * 1024;

    private byte[] _chunk = new byte[ChunkSize];
    private int _filled;
    private int _held;
    private ReadOnlyMemory<byte> _ready;
    private bool _isAtEnd;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_ready.IsEmpty && !_isAtEnd)
            await FillAsync(cancellationToken);
        var count = Math.Min(buffer.Length, _ready.Length);
        _ready[..count].CopyTo(buffer);
        _ready = _ready[count..];
        return count;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _chunk.AsSpan(_filled - _held, _held).CopyTo(_chunk);
        _filled = _held;
        if (_filled == _chunk.Length)
            Array.Resize(ref _chunk, _chunk.Length * 2);
        var read = await inner.ReadAsync(_chunk.AsMemory(_filled), cancellationToken);
        _filled += read;
        _isAtEnd = read == 0;
        _held = _isAtEnd ? 0 : redactor.CountUndecided(_chunk.AsSpan(0, _filled));
        var text = _chunk.AsMemory(0, _filled - _held);
        _ready = redactor.RedactBody(text, isCut: false) ?? text;
    }
}
