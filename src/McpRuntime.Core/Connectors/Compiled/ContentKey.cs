using System.Buffers;
using System.Security.Cryptography;

namespace McpRuntime.Connectors.Compiled;

/// <summary>What a manifest was compiled from: the same bytes, read in the same way.</summary>
internal sealed class ContentKey : IEquatable<ContentKey>
{
    public const int Bytes = SHA256.HashSizeInBytes + 1;

    // Small enough for the processor's cache, so that a large manifest is not brought into memory to be hashed.
    private const int ChunkBytes = 64 * 1024;

    private readonly byte[] _bytes;

    private ContentKey(byte[] bytes) => _bytes = bytes;

    /// <summary>The SHA-256 of the manifest's bytes, and how its name says that they are read.</summary>
    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>Of bytes in memory.</summary>
    /// <param name="text">The manifest.</param>
    /// <param name="source">Its name.</param>
    public static ContentKey Of(ReadOnlySpan<byte> text, string? source)
    {
        var bytes = Start(source);
        SHA256.HashData(text, bytes);
        return new ContentKey(bytes);
    }

    /// <summary>Of what a file holds from here on.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ContentKey Of(Stream file, string? source)
    {
        var bytes = Start(source);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (int read; (read = file.Read(chunk, 0, ChunkBytes)) > 0; )
                hash.AppendData(chunk, 0, read);
            hash.GetHashAndReset(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
        return new ContentKey(bytes);
    }

    public bool Equals(ContentKey? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => Equals(obj as ContentKey);

    public override int GetHashCode() => BitConverter.ToInt32(_bytes);

    /// <summary>Lower-case hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);

    // DocumentParser decides between JSON and YAML by the extension where the text leaves it open.
    private static byte[] Start(string? source)
    {
        var bytes = new byte[Bytes];
        bytes[^1] = Path.GetExtension(source)?.ToLowerInvariant() switch
        {
            ".json" => 1,
            ".yaml" or ".yml" => 2,
            _ => 0,
        };
        return bytes;
    }
}
