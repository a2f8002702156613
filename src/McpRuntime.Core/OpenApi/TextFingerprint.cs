using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.OpenApi;

/// <summary>
/// Tells the texts that an import wrote from those that a person changed. The source alone cannot tell: when the next
/// import comes, the document that the texts were made of may be gone, and to keep whatever differs from the new one
/// would freeze every description for ever.
/// </summary>
public static class TextFingerprint
{
    /// <summary><c>TITLE-DESCRIPTION</c>: eight hexadecimal digits of SHA-256 each.</summary>
    public static string Of(string? title, string? description) => $"{Hash(title)}-{Hash(description)}";

    /// <summary>True where a title is not the one that the fingerprint was made of.</summary>
    internal static bool IsTitleEdited(string? fingerprint, string? title) =>
        fingerprint is not null && !fingerprint.StartsWith($"{Hash(title)}-", StringComparison.Ordinal);

    /// <summary>True where a description is not the one that the fingerprint was made of.</summary>
    internal static bool IsDescriptionEdited(string? fingerprint, string? description) =>
        fingerprint is not null && !fingerprint.EndsWith($"-{Hash(description)}", StringComparison.Ordinal);

    private static string Hash(string? text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text ?? "")).AsSpan(0, 4));
}
