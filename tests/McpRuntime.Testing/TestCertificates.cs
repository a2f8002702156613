using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace McpRuntime.Testing;

/// <summary>An issuer of certificates that no one trusts by itself.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 _root;

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Issuer of tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var root = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-30),
            DateTimeOffset.UtcNow.AddDays(30)
        );
        _root = Usable(root);
    }

    /// <summary>The issuer, without its key.</summary>
    public X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificate(_root.RawData)];

    /// <summary>The issuer as PEM.</summary>
    public string RootPem => _root.ExportCertificatePem();

    /// <summary>A certificate with its key.</summary>
    /// <param name="subject">E.g. <c>CN=client</c>.</param>
    /// <param name="address">The server's address; null for a client.</param>
    /// <param name="ends">Days from now; one that has ended has a negative number.</param>
    public X509Certificate2 Issue(string subject, IPAddress? address = null, int ends = 10) =>
        Issue(subject, address is null ? null : names => names.AddIpAddress(address), ends);

    /// <summary>A certificate of a server that has a name.</summary>
    public X509Certificate2 IssueFor(string host) => Issue($"CN={host}", names => names.AddDnsName(host), ends: 10);

    private X509Certificate2 Issue(string subject, Action<SubjectAlternativeNameBuilder>? addNames, int ends)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension(
                [new Oid(addNames is null ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1")],
                critical: false
            )
        );
        if (addNames is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            addNames(names);
            request.CertificateExtensions.Add(names.Build());
        }
        using var signed = request.Create(
            _root,
            DateTimeOffset.UtcNow.AddDays(-20),
            DateTimeOffset.UtcNow.AddDays(ends),
            RandomNumberGenerator.GetBytes(8)
        );
        using var whole = signed.CopyWithPrivateKey(key);
        return Usable(whole);
    }

    public void Dispose() => _root.Dispose();

    // TLS on Windows takes no key that only memory knows.
    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(
            certificate.Export(X509ContentType.Pkcs12),
            null,
            X509KeyStorageFlags.Exportable
        );
}
