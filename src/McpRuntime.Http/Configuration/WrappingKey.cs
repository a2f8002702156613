using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.Http.Configuration;

/// <summary>
/// The operator's key, which wraps the keys of the ring: AES-256-GCM (NIST SP 800-38D) with a key of its own for each
/// wrap, derived by HKDF-SHA-256 (RFC 5869), so that no nonce is ever used twice with one key.
/// </summary>
internal sealed class WrappingKey
{
    private const int SaltBytes = 32;
    private const int TagBytes = 16;

    private readonly byte[] _secret;

    /// <param name="secret">At least 32 random bytes; copied.</param>
    public WrappingKey(ReadOnlySpan<byte> secret)
    {
        _secret = GC.AllocateUninitializedArray<byte>(secret.Length, pinned: true);
        secret.CopyTo(_secret);
        Id = Convert.ToHexStringLower(Derive(8, "mcp-runtime key ring, id", salt: []));
    }

    /// <summary>Tells keys apart and says nothing about the secret.</summary>
    public string Id { get; }

    /// <summary>Salt, tag and cipher text.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> plain)
    {
        var wrapped = new byte[SaltBytes + TagBytes + plain.Length];
        var salt = wrapped.AsSpan(0, SaltBytes);
        RandomNumberGenerator.Fill(salt);
        using var cipher = Cipher(salt, out var nonce);
        cipher.Encrypt(
            nonce,
            plain,
            wrapped.AsSpan(SaltBytes + TagBytes),
            wrapped.AsSpan(SaltBytes, TagBytes),
            Encoding.ASCII.GetBytes(Id)
        );
        return wrapped;
    }

    /// <exception cref="CryptographicException">It was wrapped by another key, or changed since.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < SaltBytes + TagBytes)
            throw new CryptographicException("A wrapped key is too short.");
        var plain = new byte[wrapped.Length - SaltBytes - TagBytes];
        using var cipher = Cipher(wrapped[..SaltBytes], out var nonce);
        cipher.Decrypt(
            nonce,
            wrapped[(SaltBytes + TagBytes)..],
            wrapped.Slice(SaltBytes, TagBytes),
            plain,
            Encoding.ASCII.GetBytes(Id)
        );
        return plain;
    }

    /// <summary>Its id alone.</summary>
    public override string ToString() => Id;

    private AesGcm Cipher(ReadOnlySpan<byte> salt, out byte[] nonce)
    {
        var derived = Derive(44, "mcp-runtime key ring, wrap", salt);
        nonce = derived[32..];
        var cipher = new AesGcm(derived.AsSpan(0, 32), TagBytes);
        CryptographicOperations.ZeroMemory(derived);
        return cipher;
    }

    private byte[] Derive(int length, string purpose, ReadOnlySpan<byte> salt)
    {
        var derived = new byte[length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, derived, salt, Encoding.ASCII.GetBytes(purpose));
        return derived;
    }
}
