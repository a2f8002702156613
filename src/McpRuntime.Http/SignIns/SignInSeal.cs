using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Http.KeyRings;
using McpRuntime.Network;
using Microsoft.AspNetCore.DataProtection;

namespace McpRuntime.Http.SignIns;

/// <summary>
/// Encrypts a sign-in and the origins that it was made for. Whose and what for it is belongs to the purpose, so that a
/// row that someone copied to another caller or connector cannot be decrypted.
/// </summary>
internal sealed class SignInSeal(KeyRing ring)
{
    public bool IsConfigured => ring.IsConfigured;

    /// <exception cref="McpRuntimeException">The gateway has no key ring.</exception>
    public string Close(CredentialKey key, SignIn signIn, IReadOnlyList<Origin> origins)
    {
        using var content = SignInJson.Write(signIn);
        byte[] plain = [.. Encoding.UTF8.GetBytes(string.Join(' ', origins) + "\n"), .. content.RevealUtf8()];
        try
        {
            return Base64Url.EncodeToString(For(key).Protect(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <returns>The sign-in is the caller's to dispose.</returns>
    /// <exception cref="CryptographicException">It is another's, or the ring has lost its key.</exception>
    /// <exception cref="FormatException">It is not what <see cref="Close"/> gave.</exception>
    public (SignIn SignIn, IReadOnlyList<Origin> Origins) Open(CredentialKey key, string content)
    {
        var plain = For(key).Unprotect(Base64Url.DecodeFromChars(content));
        try
        {
            var end = plain.AsSpan().IndexOf((byte)'\n');
            using var text = Credentials.Secret.FromUtf8(plain.AsSpan(end + 1));
            var origins = Encoding.UTF8.GetString(plain, 0, end).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (SignInJson.Read(text), [.. origins.Select(origin => Origin.Of(new Uri(origin)))]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private IDataProtector For(CredentialKey key) =>
        ring.For(
            "sign-in",
            key.Holder is { } holder ? "of " + holder : "shared",
            key.Connector,
            key.Scheme,
            key.Profile
        );
}
