using System.Security.Cryptography;

namespace McpRuntime.Documents;

/// <summary>SHA-256 of a document's bytes, in lower-case hexadecimal.</summary>
internal static class DocumentFingerprint
{
    // Below this, handing the work to another thread costs as much as it saves.
    private const int FewestBytes = 256 * 1024;

    /// <summary>
    /// Of a large document it is worked out on another thread from now on, as it takes about as long as parsing and
    /// needs nothing but the bytes. If they are given away before it is done, nobody can ask for it any more.
    /// </summary>
    internal static Lazy<string> Of(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < FewestBytes)
            return new Lazy<string>(() => Hash(bytes));
        var hashing = Task.Run(() => Hash(bytes));
        return new Lazy<string>(() => hashing.GetAwaiter().GetResult());
    }

    private static string Hash(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
}
