using System.Security.Cryptography;

namespace McpRuntime.Documents;

/// <summary>SHA-256 of a document's bytes, in lower-case hexadecimal.</summary>
internal static class DocumentFingerprint
{
    internal static string Of(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
}
