using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace McpRuntime.Testing;

/// <summary>
/// The web, for programs that go through a proxy: it opens a tunnel to any https host and is that host, with a
/// certificate of the tests' issuer. So a command that names a public URL runs as it is written, and reaches nothing
/// but this machine.
/// </summary>
/// <param name="certificates">The issuer, which the programs have to trust.</param>
/// <param name="answer">Answers a request to a host.</param>
public sealed class FakeWeb(TestCertificates certificates, Func<string, RecordedRequest, UpstreamAnswer> answer)
    : IAsyncDisposable
{
    private static readonly byte[] TunnelIsOpen = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\r\n");

    private readonly ConcurrentDictionary<string, X509Certificate2> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private RecordingUpstream? _proxy;

    /// <summary>For <c>HTTPS_PROXY</c>.</summary>
    public Uri Proxy => (_proxy ??= RecordingUpstream.Start(TunnelAsync)).Url;

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        foreach (var certificate in _hosts.Values)
            certificate.Dispose();
    }

    private async Task TunnelAsync(
        RecordedRequest request,
        UpstreamConnection connection,
        CancellationToken cancellationToken
    )
    {
        if (request.Method != "CONNECT")
        {
            await connection.SendAsync(UpstreamAnswer.Text("Only tunnels.", 405), cancellationToken);
            return;
        }
        var host = request.Target.Split(':')[0];
        await connection.Stream.WriteAsync(TunnelIsOpen, cancellationToken);
        await using var secure = new SslStream(connection.Stream, leaveInnerStreamOpen: true);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = _hosts.GetOrAdd(host, certificates.IssueFor) },
            cancellationToken
        );
        var reader = new RequestReader(secure);
        while (await reader.ReadAsync(cancellationToken) is { } inner)
            await secure.WriteAsync(answer(host, inner).ToBytes(), cancellationToken);
        connection.Close();
    }
}
