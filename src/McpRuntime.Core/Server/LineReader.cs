using System.Buffers;

namespace McpRuntime.Server;

/// <summary>
/// Splits a stream into lines at <c>\n</c>, with a bound on the length of one. A byte order mark at the start and a
/// <c>\r</c> before the end of a line are dropped; a last line needs no end.
/// </summary>
internal sealed class LineReader(Stream input, int maxLineBytes) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _start;
    private int _end;
    private bool _ended;
    private bool _begun;

    /// <summary>Reads the next line, waiting for it. False at the end of the stream.</summary>
    /// <param name="line">Valid until the next call; empty when <paramref name="tooLong"/>.</param>
    /// <param name="tooLong">The line had more bytes than allowed and was skipped.</param>
    public bool TryRead(out ReadOnlySpan<byte> line, out bool tooLong)
    {
        tooLong = false;
        var searched = 0;
        while (true)
        {
            var pending = _buffer.AsSpan(_start, _end - _start);
            var newline = pending[searched..].IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var length = searched + newline;
                _start += length + 1;
                if (tooLong || length > maxLineBytes)
                {
                    tooLong = true;
                    line = default;
                    return true;
                }
                line = Trim(pending[..length]);
                return true;
            }

            searched = pending.Length;
            if (searched > maxLineBytes)
            {
                // Drop what is there and go on to the end of the line; nothing of it is kept in memory.
                tooLong = true;
                _start = _end = searched = 0;
            }
            if (_ended)
            {
                _start = _end;
                line = tooLong ? default : Trim(pending);
                return tooLong || line.Length > 0;
            }
            Fill();
        }
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        var read = input.Read(_buffer, _end, _buffer.Length - _end);
        _ended = read == 0;
        _end += read;
    }

    private ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        if (!_begun)
        {
            _begun = true;
            if (line.StartsWith("\uFEFF"u8))
                line = line["\uFEFF"u8.Length..];
        }
        while (line is [(byte)' ' or (byte)'\t' or (byte)'\r', ..])
            line = line[1..];
        while (line is [.., (byte)' ' or (byte)'\t' or (byte)'\r'])
            line = line[..^1];
        return line;
    }
}
