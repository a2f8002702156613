using System.Numerics;
using System.Runtime.InteropServices;

namespace McpRuntime.Json;

/// <summary>
/// A quick hash of bytes for tables within one process. Equal bytes have equal hashes and nothing more is promised:
/// whoever needs certainty compares the bytes.
/// </summary>
internal static class ByteHash
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    // Another one in each process, so that no document can be written to collide.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = ((ulong)bytes.Length ^ Seed) * Multiplier;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = (BitOperations.RotateLeft(hash, 29) ^ MemoryMarshal.Read<ulong>(bytes)) * Multiplier;
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (var b in bytes)
            hash = (BitOperations.RotateLeft(hash, 11) ^ b) * Multiplier;
        return hash ^ (hash >> 32);
    }
}
