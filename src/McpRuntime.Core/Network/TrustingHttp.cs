using System.Security.Cryptography.X509Certificates;

namespace McpRuntime.Network;

/// <summary>
/// HTTP to a server that the user named, with the issuers that the settings trust besides the machine's.
/// </summary>
public static class TrustingHttp
{
    /// <param name="extraRoots"><see cref="Configuration.RuntimeSettings.ExtraRoots"/>; null for none.</param>
    public static HttpClient Create(X509Certificate2Collection? extraRoots)
    {
        var handler = new SocketsHttpHandler();
        if (extraRoots is { Count: > 0 })
            handler.SslOptions.RemoteCertificateValidationCallback = new ExtraRoots(extraRoots).Validate;
        // For URLs that the operator set, which may be internal.
#pragma warning disable RS0030
        return new HttpClient(handler);
#pragma warning restore RS0030
    }
}
