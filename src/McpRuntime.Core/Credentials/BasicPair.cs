using System.Buffers.Text;
using System.Text;
using McpRuntime.Http;

namespace McpRuntime.Credentials;

/// <summary>The credentials of HTTP's Basic authentication (RFC 7617).</summary>
internal static class BasicPair
{
    /// <summary>Section 2: user-id ":" password in base64; UTF-8, as its section 2.1 advises.</summary>
    public static Secret Encode(Credential credential)
    {
        return Encode(
            credential[CredentialField.Username]!.RevealUtf8(),
            credential[CredentialField.Password]!.RevealUtf8()
        );
    }

    /// <summary>
    /// Of an OAuth client. RFC 6749 section 2.3.1: both are form-encoded first, so that a colon in the id does no harm.
    /// </summary>
    public static Secret OfClient(string clientId, Secret clientSecret) =>
        Encode(
            Encoding.ASCII.GetBytes(UrlText.Encode(clientId, UrlSet.Form)),
            Encoding.ASCII.GetBytes(UrlText.Encode(clientSecret.Reveal(), UrlSet.Form))
        );

    private static Secret Encode(ReadOnlySpan<byte> user, ReadOnlySpan<byte> password)
    {
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
