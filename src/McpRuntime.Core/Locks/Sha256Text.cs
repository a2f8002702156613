using System.Security.Cryptography;

namespace McpRuntime.Locks;

/// <summary>SHA-256 (FIPS 180-4) as a lock and what belongs to it write it.</summary>
internal static class Sha256Text
{
    /// <summary><c>sha256:</c> and 64 hexadecimal digits in lower case.</summary>
    public static string Of(ReadOnlySpan<byte> content) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}
