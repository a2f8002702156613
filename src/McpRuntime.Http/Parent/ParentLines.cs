using System.Security.Cryptography;

namespace McpRuntime.Http.Parent;

/// <summary>
/// Reads lines that may hold secrets: from one buffer, which is pinned so that nothing moves copies about, and cleared
/// as soon as a line was handled.
/// </summary>
internal sealed class ParentLines(Stream input)
{
    private const int MostBytes = 256 * 1024;

    private readonly byte[] _buffer = GC.AllocateArray<byte>(MostBytes, pinned: true);

    public delegate void Handler(ReadOnlySpan<byte> line);

    /// <summary>Reads until the input ends.</summary>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public async Task ReadAsync(Handler handle, CancellationToken cancellationToken)
    {
        var filled = 0;
        try
        {
            while (await input.ReadAsync(_buffer.AsMemory(filled), cancellationToken) is var read and > 0)
            {
                filled = Take(filled + read, handle);
                if (filled == MostBytes)
                    throw new InvalidDataException($"A line of the parent is longer than {MostBytes} bytes.");
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(_buffer);
        }
    }

    // Hands over whole lines and returns how much of the next one is there.
    private int Take(int filled, Handler handle)
    {
        var start = 0;
        while (_buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is var length and >= 0)
        {
            handle(_buffer.AsSpan(start, length).TrimEnd((byte)'\r'));
            start += length + 1;
        }
        _buffer.AsSpan(start, filled - start).CopyTo(_buffer);
        CryptographicOperations.ZeroMemory(_buffer.AsSpan(filled - start, start));
        return filled - start;
    }
}
