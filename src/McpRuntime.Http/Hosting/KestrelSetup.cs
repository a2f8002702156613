using System.Security.Cryptography.X509Certificates;
using McpRuntime.Http.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace McpRuntime.Http.Hosting;

/// <summary>The addresses, limits and certificate of the server.</summary>
internal static class KestrelSetup
{
    public static void Listen(KestrelServerOptions kestrel, GatewaySettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = settings.MaxRequestBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        foreach (var address in settings.Addresses)
        {
            kestrel.Listen(address, settings.Port, endpoint =>
            {
                // Without TLS there is no negotiation; HTTP/2 by prior knowledge is nothing that MCP clients use.
                endpoint.Protocols = settings.Tls is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                if (settings.Tls is { } tls)
                    endpoint.UseHttps(Load(tls));
            });
        }
    }

    private static Microsoft.AspNetCore.Server.Kestrel.Https.HttpsConnectionAdapterOptions Load(TlsFiles tls)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(tls.Certificate);
            return new()
            {
                ServerCertificate = X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key),
                ServerCertificateChain = chain,
            };
        }
        catch (Exception exception)
            when (exception
                    is System.Security.Cryptography.CryptographicException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            throw new McpRuntimeException(
                $"The certificate {tls.Certificate} with the key {tls.Key} cannot be used: {exception.Message}",
                exception
            );
        }
    }
}
