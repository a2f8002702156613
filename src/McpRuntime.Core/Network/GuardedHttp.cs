using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace McpRuntime.Network;

/// <summary>
/// HTTP to addresses that an <see cref="AddressPolicy"/> allows. Connections are pooled per policy and client
/// certificate: a connection that one connector may open must not serve another that may not. Redirects are never
/// followed and cookies never kept; bodies are decompressed, so their readers must bound what they read.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    // So that a change of DNS is seen while connections are in use.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<
        (AddressPolicy Policy, ClientCertificate? Certificate),
        Lazy<HttpMessageInvoker>
    > _invokers = new();
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly GuardedProxy _proxy;
    private readonly ExtraRoots? _roots;

    /// <summary>Uses the system's resolver and proxy settings.</summary>
    /// <param name="extraRoots">Issuers of servers' certificates that are trusted besides the machine's own; null for
    /// none.</param>
    public GuardedHttp(X509Certificate2Collection? extraRoots = null)
        : this(Dns.GetHostAddressesAsync, HttpClient.DefaultProxy, extraRoots) { }

    internal GuardedHttp(
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        IWebProxy? proxy,
        X509Certificate2Collection? extraRoots = null
    )
    {
        _resolve = resolve;
        _proxy = new GuardedProxy(proxy);
        _roots = extraRoots is { Count: > 0 } ? new ExtraRoots(extraRoots) : null;
    }

    /// <summary>
    /// The invoker of a policy and a client's certificate; it lives as long as this object and is not the caller's to
    /// dispose.
    /// </summary>
    /// <remarks>
    /// A refused address comes as an <see cref="HttpRequestException"/> with an inner
    /// <see cref="AddressRefusedException"/>, or as that one directly when it is plain from the URL.
    /// </remarks>
    /// <param name="policy">Which addresses may be connected to.</param>
    /// <param name="certificate">Shown to servers that ask for one; null for none.</param>
    public HttpMessageInvoker For(AddressPolicy policy, ClientCertificate? certificate = null) =>
        _invokers
            .GetOrAdd(
                (policy, certificate),
                static (key, self) => new Lazy<HttpMessageInvoker>(() => self.Create(key.Policy, key.Certificate)),
                this
            )
            .Value;

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values)
        {
            if (invoker.IsValueCreated)
                invoker.Value.Dispose();
        }
    }

    private HttpMessageInvoker Create(AddressPolicy policy, ClientCertificate? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseProxy = true,
            Proxy = _proxy,
            PooledConnectionLifetime = ConnectionLifetime,
            MaxConnectionsPerServer = 256,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            ConnectCallback = new GuardedConnect(policy, _proxy, _resolve).ConnectAsync,
            // What is left of an answer beyond its bound is not worth reading: drop the connection.
            MaxResponseDrainSize = 64 * 1024,
            // A caller's trace context goes upstream only where the runtime decides so.
            ActivityHeadersPropagator = null,
            // Field values beyond ASCII are obs-text (RFC 9110 section 5.5); UTF-8 is what servers expect there.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        if (certificate is not null)
            handler.SslOptions.ClientCertificateContext = certificate.Context;
        if (_roots is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = _roots.Validate;
        return new HttpMessageInvoker(new ProxyTargetCheck(policy, _proxy) { InnerHandler = handler });
    }

    private sealed class ProxyTargetCheck(AddressPolicy policy, GuardedProxy proxy) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (request.RequestUri is { } target)
                proxy.Check(target, policy);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
