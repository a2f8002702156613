using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.Http.Tokens;

/// <summary>
/// The text of an API token: <c>mcprt_ID_SECRET</c>, with 60 random bits to find it by and 256 to prove it. So much
/// randomness needs no slow hash, and the prefix lets scanners of leaked secrets recognize it.
/// </summary>
internal static class TokenSecret
{
    public const string Prefix = "mcprt_";

    private const int IdLength = 12;
    private const int SecretBytes = 32;
    private static readonly int Length = Prefix.Length + IdLength + 1 + Base64Url.GetEncodedLength(SecretBytes);

    /// <summary>A new token; the text is shown once and then forgotten.</summary>
    public static (string Id, string Text, string Hash) Create()
    {
        var id = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", IdLength);
        var text = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        return (id, text, Hash(text));
    }

    /// <summary>The id within a token's text; null when it is not an API token.</summary>
    public static string? IdOf(string text) =>
        text.Length == Length
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text[Prefix.Length + IdLength] == '_'
            ? text.Substring(Prefix.Length, IdLength)
            : null;

    /// <summary>SHA-256 in hexadecimal.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Takes the same time wherever the difference is.</summary>
    /// <param name="text">What <see cref="IdOf"/> knows as a token.</param>
    /// <param name="hash">As <see cref="Hash"/> wrote it.</param>
    public static bool Matches(string text, string hash)
    {
        Span<byte> utf8 = stackalloc byte[Length * 3];
        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(text, utf8)], actual);
        return Convert.FromHexString(hash, expected, out _, out var written) == OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(actual, expected[..written]);
    }
}
