using System.Buffers.Text;

namespace McpRuntime.Credentials;

/// <summary>The credentials of HTTP's Basic authentication (RFC 7617).</summary>
internal static class BasicPair
{
    /// <summary>Section 2: user-id ":" password in base64; UTF-8, as its section 2.1 advises.</summary>
    public static Secret Encode(Credential credential)
    {
        var user = credential[CredentialField.Username]!.RevealUtf8();
        var password = credential[CredentialField.Password]!.RevealUtf8();
        Span<byte> pair = new byte[user.Length + 1 + password.Length];
        user.CopyTo(pair);
        pair[user.Length] = (byte)':';
        password.CopyTo(pair[(user.Length + 1)..]);
        var encoded = new byte[Base64.GetMaxEncodedToUtf8Length(pair.Length)];
        Base64.EncodeToUtf8(pair, encoded, out _, out var length);
        var secret = Secret.FromUtf8(encoded.AsSpan(0, length));
        pair.Clear();
        Array.Clear(encoded);
        return secret;
    }
}
