using System.Numerics;
using System.Runtime.InteropServices;

namespace McpRuntime.Json;

/// <summary>
/// A quick hash of bytes for tables within one process. Equal bytes have equal hashes and nothing more is promised:
/// anyone who needs certainty compares the bytes.
/// </summary>
internal static class ByteHash
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    // Another one in each process, so that no document can be written to collide.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = ((ulong)bytes.Length ^ Seed) * Multiplier;
        if (bytes.Length < sizeof(ulong))
            return Finish(Mix(hash, Short(bytes)));
        var rest = bytes;
        if (bytes.Length >= 4 * sizeof(ulong))
        {
            // Four at a time, none of which waits for another.
            var (second, third, fourth) = (hash + 1, hash + 2, hash + 3);
            while (rest.Length >= 4 * sizeof(ulong))
            {
                hash = Mix(hash, Word(rest, 0));
                second = Mix(second, Word(rest, 1));
                third = Mix(third, Word(rest, 2));
                fourth = Mix(fourth, Word(rest, 3));
                rest = rest[(4 * sizeof(ulong))..];
            }
            hash = Mix(Mix(Mix(hash, second), third), fourth);
        }
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            hash = Mix(hash, Word(rest, 0));
        // What is left of a word is read together with what is before it.
        return Finish(rest.IsEmpty ? hash : Mix(hash, Word(bytes[^sizeof(ulong)..], 0)));
    }

    private static ulong Mix(ulong hash, ulong word) => (BitOperations.RotateLeft(hash, 29) ^ word) * Multiplier;

    // A product's low bits know only the low bits of its factors, and tables look at those first.
    private static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 32)) * Multiplier;
        return hash ^ (hash >> 29);
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, int index) =>
        MemoryMarshal.Read<ulong>(bytes[(index * sizeof(ulong))..]);

    private static ulong Short(ReadOnlySpan<byte> bytes) =>
        bytes.Length switch
        {
            >= sizeof(uint) => MemoryMarshal.Read<uint>(bytes)
                | ((ulong)MemoryMarshal.Read<uint>(bytes[^sizeof(uint)..]) << 32),
            > 0 => bytes[0] | ((ulong)bytes[bytes.Length / 2] << 8) | ((ulong)bytes[^1] << 16),
            _ => 0,
        };
}
