using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.OpenApi;

/// <summary>
/// Tells the texts that an import wrote from those that a user changed. The source alone cannot tell: when the next
/// import comes, the document that the texts were made of may be gone, and to keep whatever differs from the new one
/// would freeze every description for ever.
/// </summary>
internal static class TextFingerprint
{
    private const int HashLength = 8;
    private const int Length = (2 * HashLength) + 1;

    // An import hashes thousands of short texts; to begin anew for each costs more than the hash.
    [ThreadStatic]
    private static IncrementalHash? _sha256;

    /// <summary><c>TITLE-DESCRIPTION</c>: eight hexadecimal digits of SHA-256 each.</summary>
    public static string Of(string? title, string? description) =>
        string.Create(Length, (title, description), static (digits, texts) =>
        {
            Write(texts.title, digits);
            digits[HashLength] = '-';
            Write(texts.description, digits[(HashLength + 1)..]);
        });

    /// <summary>True where a title is not the one that the fingerprint was made of.</summary>
    internal static bool IsTitleEdited(string? fingerprint, string? title) =>
        fingerprint is not null && !fingerprint.StartsWith($"{Hash(title)}-", StringComparison.Ordinal);

    /// <summary>True where a description is not the one that the fingerprint was made of.</summary>
    internal static bool IsDescriptionEdited(string? fingerprint, string? description) =>
        fingerprint is not null && !fingerprint.EndsWith($"-{Hash(description)}", StringComparison.Ordinal);

    private static string Hash(string? text) =>
        string.Create(HashLength, text, static (digits, text) => Write(text, digits));

    private static void Write(string? text, Span<char> digits)
    {
        text ??= "";
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var sha256 = _sha256 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha256.AppendData(buffer, 0, Encoding.UTF8.GetBytes(text, buffer));
        sha256.GetHashAndReset(hash);
        ArrayPool<byte>.Shared.Return(buffer);
        Convert.TryToHexStringLower(hash[..(HashLength / 2)], digits, out _);
    }
}
