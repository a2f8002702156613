using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.Credentials.Stores;

/// <summary>
/// The bytes of one secret's file: four that name the format, its version, and 0 for plain content or 1 for
/// AES-256-GCM: salt (16), nonce (12), tag (16), content. The key is HKDF-SHA256 of the user's key with the file's own
/// salt; the head and the secret's name are authenticated, so that one file cannot take the place of another.
/// </summary>
internal static class SecretFile
{
    private const byte Plain = 0;
    private const byte Encrypted = 1;
    private const int HeadLength = 6;
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int SealedHead = HeadLength + SaltLength + NonceLength + TagLength;

    private static ReadOnlySpan<byte> Format => "MCPS\u0001"u8;

    private static ReadOnlySpan<byte> Purpose => "mcp-runtime secret file 1"u8;

    /// <summary>The file of a secret, in pinned memory that the caller clears.</summary>
    public static byte[] Write(string name, Secret content, Secret? key)
    {
        var text = content.RevealUtf8();
        var head = key is null ? HeadLength : SealedHead;
        var file = GC.AllocateUninitializedArray<byte>(head + text.Length, pinned: true);
        Format.CopyTo(file);
        file[HeadLength - 1] = key is null ? Plain : Encrypted;
        if (key is null)
        {
            text.CopyTo(file.AsSpan(head));
            return file;
        }
        var salt = file.AsSpan(HeadLength, SaltLength);
        var nonce = file.AsSpan(HeadLength + SaltLength, NonceLength);
        RandomNumberGenerator.Fill(salt);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = Cipher(key, salt);
        cipher.Encrypt(nonce, text, file.AsSpan(head), Tag(file), Associated(name));
        return file;
    }

    /// <summary>Whether a file is encrypted; null where it is not of this format.</summary>
    public static bool? IsEncrypted(ReadOnlySpan<byte> file) =>
        file.Length < HeadLength || !file.StartsWith(Format) ? null
        : file[HeadLength - 1] == Plain ? false
        : file[HeadLength - 1] == Encrypted && file.Length >= SealedHead ? true
        : null;

    /// <summary>The content of a plain file.</summary>
    public static Secret ReadPlain(ReadOnlySpan<byte> file) => Secret.FromUtf8(file[HeadLength..]);

    /// <summary>The content of an encrypted file.</summary>
    /// <exception cref="CryptographicException">
    /// It was written with another key or under another name, or is damaged.
    /// </exception>
    public static Secret Decrypt(string name, Span<byte> file, Secret key)
    {
        var text = GC.AllocateUninitializedArray<byte>(file.Length - SealedHead, pinned: true);
        using var cipher = Cipher(key, file.Slice(HeadLength, SaltLength));
        cipher.Decrypt(
            file.Slice(HeadLength + SaltLength, NonceLength),
            file[SealedHead..],
            Tag(file),
            text,
            Associated(name)
        );
        var secret = Secret.FromUtf8(text);
        CryptographicOperations.ZeroMemory(text);
        return secret;
    }

    private static Span<byte> Tag(Span<byte> file) => file.Slice(SealedHead - TagLength, TagLength);

    private static byte[] Associated(string name) => [.. Format, Encrypted, .. Encoding.UTF8.GetBytes(name)];

    private static AesGcm Cipher(Secret key, ReadOnlySpan<byte> salt)
    {
        Span<byte> derived = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.RevealUtf8(), derived, salt, Purpose);
        var cipher = new AesGcm(derived, TagLength);
        CryptographicOperations.ZeroMemory(derived);
        return cipher;
    }
}
