using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpRuntime.Results;

namespace McpRuntime.Http.Replicas;

/// <summary>
/// A result as it is in the database: encrypted with a key made of its handle, which is random and not there. Who reads
/// the database, or a copy of it, can neither read results nor find handles.
/// </summary>
internal static class SealedResult
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>What names it in the database.</summary>
    public static string NameOf(string handle) => Convert.ToHexStringLower(Derive(handle, "name"));

    public static byte[] Seal(ArchivedResult result)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(
            new Content(
                result.Caller,
                result.Project,
                result.Connector,
                result.Tool,
                result.MediaType,
                result.Expires,
                result.Body.Length
            )
        );
        var content = new byte[plain.Length + 1 + result.Body.Length];
        plain.CopyTo(content, 0);
        result.Body.Span.CopyTo(content.AsSpan(plain.Length + 1));
        var sealedBytes = new byte[NonceBytes + TagBytes + content.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(Derive(result.Handle, "key"), TagBytes);
        cipher.Encrypt(
            nonce,
            content,
            sealedBytes.AsSpan(NonceBytes + TagBytes),
            sealedBytes.AsSpan(NonceBytes, TagBytes)
        );
        return sealedBytes;
    }

    /// <summary>Null for what was not sealed for this handle.</summary>
    public static ArchivedResult? Open(string handle, byte[] sealedBytes)
    {
        if (sealedBytes.Length < NonceBytes + TagBytes)
            return null;
        var content = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(Derive(handle, "key"), TagBytes);
            cipher.Decrypt(
                sealedBytes.AsSpan(0, NonceBytes),
                sealedBytes.AsSpan(NonceBytes + TagBytes),
                sealedBytes.AsSpan(NonceBytes, TagBytes),
                content
            );
            // JSON, a zero, and the body.
            var end = content.AsSpan().IndexOf((byte)0);
            var head = JsonSerializer.Deserialize<Content>(content.AsSpan(0, Math.Max(end, 0)))!;
            return new ArchivedResult(
                handle,
                head.Caller,
                head.Project,
                head.Connector,
                head.Tool,
                head.MediaType,
                head.Expires,
                content.AsMemory(end + 1, head.Length)
            );
        }
        catch (Exception exception)
            when (exception is CryptographicException or JsonException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    // HKDF: RFC 5869. The handle has 128 random bits.
    private static byte[] Derive(string handle, string use) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.ASCII.GetBytes(handle),
            outputLength: 32,
            info: Encoding.ASCII.GetBytes("mcp-runtime result " + use)
        );

    private sealed record Content(
        string Caller,
        string? Project,
        string Connector,
        string Tool,
        string MediaType,
        DateTimeOffset Expires,
        int Length
    );
}
