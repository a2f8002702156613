using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// Makes a client's certificate of a credential's fields: PEM texts (RFC 7468) or PKCS #12 (RFC 7292).
/// </summary>
internal static class ClientCertificateReader
{
    // DER: every PKCS #12 file begins with a SEQUENCE.
    private const byte Sequence = 0x30;

    private static readonly CredentialField[] PemFields = [CredentialField.Certificate, CredentialField.PrivateKey];

    /// <param name="connector">Connector name, for messages.</param>
    /// <param name="scheme">Scheme name, for messages.</param>
    /// <param name="credential">Has <see cref="CredentialField.Certificate"/> or
    /// <see cref="CredentialField.Pkcs12"/>.</param>
    /// <exception cref="CallException">It cannot be used; the message holds nothing of it.</exception>
    public static ClientCertificate Read(string connector, string scheme, Credential credential)
    {
        X509Certificate2Collection certificates;
        try
        {
            certificates = credential[CredentialField.Certificate] is { IsEmpty: false } pem
                ? FromPem(pem, credential[CredentialField.PrivateKey] ?? pem, credential[CredentialField.Passphrase])
                : FromPkcs12(credential[CredentialField.Pkcs12]!, credential[CredentialField.Passphrase]);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or FormatException)
        {
            throw Refuse(connector, scheme, credential, $"cannot be read ({error.Message.TrimEnd('.')})");
        }
        var own = certificates.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw Refuse(connector, scheme, credential, "has no private key");
        // The TLS handshake would go by the same clock.
#pragma warning disable RS0030
        if (own.NotAfter.ToUniversalTime() <= DateTime.UtcNow)
#pragma warning restore RS0030
            throw Refuse(connector, scheme, credential, $"expired on {own.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        certificates.Remove(own);
        return new ClientCertificate(own, certificates);
    }

    private static X509Certificate2Collection FromPem(Secret certificate, Secret key, Secret? passphrase)
    {
        var all = new X509Certificate2Collection();
        var texts = (
            Certificate: Characters(certificate),
            Key: Characters(key),
            Passphrase: passphrase is null ? [] : Characters(passphrase)
        );
        try
        {
            all.ImportFromPem(texts.Certificate);
            if (all.Count == 0)
                throw new FormatException("there is no BEGIN CERTIFICATE in it");
            using var own = passphrase is null
                ? X509Certificate2.CreateFromPem(texts.Certificate, texts.Key)
                : X509Certificate2.CreateFromEncryptedPem(texts.Certificate, texts.Key, texts.Passphrase);
            all[0].Dispose();
            // A key that only this process's memory knows cannot be used for TLS on Windows.
            var copy = own.Export(X509ContentType.Pkcs12);
            all[0] = X509CertificateLoader.LoadPkcs12(copy, null);
            CryptographicOperations.ZeroMemory(copy);
            return all;
        }
        finally
        {
            Array.Clear(texts.Certificate);
            Array.Clear(texts.Key);
            Array.Clear(texts.Passphrase);
        }
    }

    private static X509Certificate2Collection FromPkcs12(Secret content, Secret? passphrase)
    {
        var characters = passphrase is null ? [] : Characters(passphrase);
        var bytes = content.RevealUtf8() is [Sequence, ..] der ? der.ToArray() : FromBase64(content.RevealUtf8());
        try
        {
            return X509CertificateLoader.LoadPkcs12Collection(bytes, characters);
        }
        finally
        {
            Array.Clear(characters);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static byte[] FromBase64(ReadOnlySpan<byte> text)
    {
        if (!Base64.IsValid(text, out var length))
            throw new FormatException("it is neither PKCS #12 nor base64 of that");
        var bytes = new byte[length];
        Base64.DecodeFromUtf8(text, bytes, out _, out _);
        return bytes;
    }

    private static char[] Characters(Secret secret)
    {
        var characters = GC.AllocateUninitializedArray<char>(
            Encoding.UTF8.GetCharCount(secret.RevealUtf8()),
            pinned: true
        );
        Encoding.UTF8.GetChars(secret.RevealUtf8(), characters);
        return characters;
    }

    private static CallException Refuse(string connector, string scheme, Credential credential, string what) =>
        new(
            $"The client certificate '{scheme}' of '{connector}' (from {credential.Source}) {what}. Set the "
                + $"certificate and its key as PEM ({NamedFields.Names(connector, scheme, PemFields)}), "
                + $"or both as PKCS #12 in base64 ({CredentialName.For(connector, scheme, CredentialField.Pkcs12)}), "
                + "and the passphrase of either as "
                + $"{CredentialName.For(connector, scheme, CredentialField.Passphrase)}."
        );
}
