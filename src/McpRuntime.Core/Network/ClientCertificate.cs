using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace McpRuntime.Network;

/// <summary>
/// What a client proves itself with in a TLS handshake (RFC 8446 section 4.4.2). Two of the same certificate are one,
/// so that connections are used again although the certificate was read anew.
/// </summary>
public sealed class ClientCertificate : IEquatable<ClientCertificate>
{
    private readonly string _fingerprint;

    /// <param name="certificate">With its private key; it lives as long as connections use it, so it is not
    /// disposed.</param>
    /// <param name="issuers">Intermediate certificates that are sent along.</param>
    public ClientCertificate(X509Certificate2 certificate, X509Certificate2Collection issuers)
    {
        _fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        Context = SslStreamCertificateContext.Create(certificate, issuers, offline: true);
    }

    internal SslStreamCertificateContext Context { get; }

    public bool Equals(ClientCertificate? other) => other is not null && other._fingerprint == _fingerprint;

    public override bool Equals(object? obj) => Equals(obj as ClientCertificate);

    public override int GetHashCode() => _fingerprint.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"certificate {_fingerprint}";
}
