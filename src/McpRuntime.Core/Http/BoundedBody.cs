using System.Buffers;
using System.Runtime.CompilerServices;

namespace McpRuntime.Http;

/// <summary>Reads a body up to a bound, counted after decompression: a small answer can unpack into any size.</summary>
internal static class BoundedBody
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<(ReadOnlyMemory<byte> Body, bool IsCut)> ReadAsync(
        HttpContent content,
        long bound,
        CancellationToken cancellationToken
    )
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        // One byte more than announced, so that the end is seen in the same read.
        var announced = content.Headers.ContentLength is { } length ? Math.Min(length, bound) + 1 : 16 * 1024;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(announced, int.MaxValue - 64));
        var filled = 0;
        try
        {
            while (true)
            {
                if (filled > bound)
                    return (buffer.AsSpan(0, (int)bound).ToArray(), true);
                if (filled == buffer.Length)
                    Grow(ref buffer, filled);
                var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
                if (read == 0)
                    return (buffer.AsSpan(0, filled).ToArray(), false);
                filled += read;
            }
        }
        // That is how Brotli says that its data are none.
        catch (InvalidOperationException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Grow(ref byte[] buffer, int filled)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min((long)filled * 2, int.MaxValue - 64));
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
