using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace McpRuntime.Testing;

/// <summary>Answers one request in any way it likes, faults included.</summary>
public delegate Task UpstreamHandler(
    RecordedRequest request,
    UpstreamConnection connection,
    CancellationToken cancellationToken
);

/// <summary>
/// An HTTP/1.1 server on loopback that keeps the bytes it got. It is the oracle for calls: what a request must look
/// like is written by hand from the specifications and compared with these bytes.
/// </summary>
public sealed class RecordingUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ConcurrentQueue<string> _clients = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly UpstreamHandler _handler;
    private readonly X509Certificate2? _certificate;
    private readonly bool _demandsCertificate;
    private readonly Task _accepting;
    private int _accepted;

    private RecordingUpstream(UpstreamHandler handler, X509Certificate2? certificate, bool demandsCertificate)
    {
        _handler = handler;
        _certificate = certificate;
        _demandsCertificate = demandsCertificate;
        _listener.Start();
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Url = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{port}");
        _accepting = AcceptAsync();
    }

    /// <summary><c>http://127.0.0.1:PORT</c>, or https with a certificate.</summary>
    public Uri Url { get; }

    /// <summary>All requests so far, in the order they were complete.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>The only request.</summary>
    public RecordedRequest Request => Requests.Single();

    /// <summary>Subjects of the certificates that clients showed, one a connection.</summary>
    public IReadOnlyList<string> Clients => [.. _clients];

    /// <summary>Connections that were opened so far.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    /// <summary>Answers with a script, one entry a request; the last one is repeated.</summary>
    public static RecordingUpstream Start(params UpstreamAnswer[] script)
    {
        var next = -1;
        return Start(
            (_, connection, cancellationToken) =>
                connection.SendAsync(
                    script[Math.Min(Interlocked.Increment(ref next), script.Length - 1)],
                    cancellationToken
                )
        );
    }

    /// <summary>Answers by the request.</summary>
    public static RecordingUpstream Start(Func<RecordedRequest, UpstreamAnswer> answer) =>
        Start((request, connection, cancellationToken) => connection.SendAsync(answer(request), cancellationToken));

    /// <summary>Answers in any way, with TLS when a certificate is given.</summary>
    /// <param name="handler">Answers a request.</param>
    /// <param name="certificate">The server's; null for plain http.</param>
    /// <param name="demandsCertificate">Clients without their own certificate are turned away; any will do.</param>
    public static RecordingUpstream Start(
        UpstreamHandler handler,
        X509Certificate2? certificate = null,
        bool demandsCertificate = false
    ) => new(handler, certificate, demandsCertificate);

    /// <summary>Answers every request alike, with TLS.</summary>
    public static RecordingUpstream Start(
        UpstreamAnswer answer,
        X509Certificate2 certificate,
        bool demandsCertificate = false
    ) =>
        Start(
            (_, connection, cancellationToken) => connection.SendAsync(answer, cancellationToken),
            certificate,
            demandsCertificate
        );

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stopping.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Disposed: between two connections the listener says that it does not listen, or that it is gone.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var _ = socket;
        try
        {
            socket.NoDelay = true;
            await using Stream plain = new NetworkStream(socket);
            await using var stream = _certificate is null
                ? plain
                : await SecureAsync(plain, _certificate, _demandsCertificate, _stopping.Token);
            var reader = new RequestReader(stream);
            var connection = new UpstreamConnection(socket, stream);
            if (stream is SslStream { RemoteCertificate: { } shown })
                _clients.Enqueue(shown.Subject);
            while (!connection.IsClosed && await reader.ReadAsync(_stopping.Token) is { } request)
            {
                _requests.Enqueue(request);
                await _handler(request, connection, _stopping.Token);
            }
        }
        catch (Exception exception)
            when (exception
                    is OperationCanceledException
                        or IOException
                        or SocketException
                        or ObjectDisposedException
                        or AuthenticationException
            )
        {
            // The client went away, or the test is over; what was complete is recorded.
        }
    }

    private static async Task<Stream> SecureAsync(
        Stream plain,
        X509Certificate2 certificate,
        bool demandsCertificate,
        CancellationToken cancellationToken
    )
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = demandsCertificate,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null || !demandsCertificate,
            },
            cancellationToken
        );
        return secure;
    }
}
