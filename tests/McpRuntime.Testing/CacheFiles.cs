using System.IO.Hashing;
using System.Security.Cryptography;

namespace McpRuntime.Testing;

/// <summary>Files of the cache of manifests as someone would make them who may write the folder.</summary>
public static class CacheFiles
{
    // Magic number, build and key; the count of sections, the sections, and the checksum of all that.
    private const int Key = sizeof(ulong) + 16;
    private const int Count = Key + 33;
    private const int Section = 52;

    /// <summary>One file under the key of another, with a checksum that fits.</summary>
    public static byte[] WithKeyOf(byte[] file, byte[] other)
    {
        var bytes = file.ToArray();
        other.AsSpan(Key, Count - Key).CopyTo(bytes.AsSpan(Key));
        var end = EndOfTable(bytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(end), XxHash64.HashToUInt64(bytes.AsSpan(0, end)));
        return bytes;
    }

    /// <summary>The hash of a file that a lock's start knows it by.</summary>
    public static string HashOf(byte[] file) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(file.AsSpan(0, EndOfTable(file) + sizeof(ulong))));

    private static int EndOfTable(byte[] file) => Count + sizeof(int) + (BitConverter.ToInt32(file, Count) * Section);
}
