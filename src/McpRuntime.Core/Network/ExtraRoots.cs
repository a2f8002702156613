using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace McpRuntime.Network;

/// <summary>
/// Trusts the issuers of a bundle besides those that the machine trusts. What else is wrong with a certificate (another
/// name, an end in the past) stays wrong.
/// </summary>
internal sealed class ExtraRoots(X509Certificate2Collection roots)
{
    // id-kp-serverAuth, RFC 5280 section 4.2.1.12.
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public bool Validate(object sender, X509Certificate? certificate, X509Chain? machine, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server)
            return errors == SslPolicyErrors.None;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ServerAuthentication));
        if (machine is not null)
            chain.ChainPolicy.ExtraStore.AddRange(machine.ChainPolicy.ExtraStore);
        return chain.Build(server);
    }
}
