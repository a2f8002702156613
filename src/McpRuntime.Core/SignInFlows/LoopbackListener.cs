using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpRuntime.SignInFlows;

/// <summary>
/// Waits on loopback for the answer to one sign-in (RFC 8252 section 7.3). Any program of this machine and any page of
/// the browser can come here, so requests are small, of one path, for this host, and only the right state ends the
/// wait.
/// </summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private const int MaxHead = 16 * 1024;
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(10);

    // A browser on a machine under load takes seconds, and would show an error where it was answered.
    private static readonly TimeSpan PagePatience = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<string> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _start = $"/start/{AuthorizationRequest.Random()}";
    private Task _accepting = Task.CompletedTask;
    private AuthorizationRequest? _request;
    private int _isStarted;

    /// <exception cref="McpRuntimeException">The port is in use.</exception>
    public LoopbackListener(Uri? redirect, TimeProvider time)
    {
        _time = time;
        var port = redirect is null or { IsDefaultPort: true } ? 0 : redirect.Port;
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start();
        }
        catch (SocketException)
        {
            _listener.Dispose();
            throw SignInErrorCode.Failed(
                $"Port {port} of the redirect URI is in use. End the program that uses it, or register another port."
            );
        }
        var actual = ((IPEndPoint)_listener.LocalEndpoint).Port;
        RedirectUri = new UriBuilder(redirect ?? new Uri("http://127.0.0.1/callback")) { Port = actual }.Uri;
        StartUri = new Uri($"http://127.0.0.1:{actual}{_start}");
    }

    /// <summary>The redirect URI with the port in use.</summary>
    public Uri RedirectUri { get; }

    /// <summary>Leads a browser to the provider, once.</summary>
    public Uri StartUri { get; }

    public void Listen(AuthorizationRequest request)
    {
        _request = request;
        _accepting = AcceptAsync();
    }

    /// <summary>The query of the answer with the right state.</summary>
    public Task<string> WaitAsync(CancellationToken cancellationToken) => _answer.Task.WaitAsync(cancellationToken);

    /// <summary>Waits for the browser to come for the page that it is sent to.</summary>
    public Task WaitForPageAsync(CancellationToken cancellationToken) =>
        Task.WhenAny(_shown.Task, Task.Delay(PagePatience, _time, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                connections.RemoveAll(task => task.IsCompleted);
                connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(RequestLimit, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var head = await ReadHeadAsync(stream, ended.Token);
            var answer = head is null ? LoopbackPage.NotFound : Answer(head);
            await stream.WriteAsync(answer, ended.Token);
            // Only now: the program ends soon after.
            if (ReferenceEquals(answer, LoopbackPage.Done))
                _shown.TrySetResult();
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
        {
            // The other side went away or took too long; the sign-in goes on waiting.
        }
    }

    private static async Task<string?> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxHead];
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
                return null;
            filled += read;
            var end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return Encoding.Latin1.GetString(buffer, 0, end);
        }
        return null;
    }

    private byte[] Answer(string head)
    {
        var lines = head.Split("\r\n");
        // Another name for this address: a page that had its name resolve to loopback (DNS rebinding).
        var hosts = lines.Skip(1).Where(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)).ToList();
        var port = RedirectUri.Port.ToString(CultureInfo.InvariantCulture);
        if (
            lines[0].Split(' ') is not ["GET", var target, "HTTP/1.1" or "HTTP/1.0"]
            || hosts is not [var host]
            || (host[5..].Trim() is var name && name != $"127.0.0.1:{port}" && name != RedirectUri.Authority)
        )
            return LoopbackPage.NotFound;
        if (target == _start && Interlocked.Exchange(ref _isStarted, 1) == 0)
            return LoopbackPage.To(_request!.Url.AbsoluteUri);
        if (target == LoopbackPage.DonePath && _answer.Task.IsCompleted)
            return LoopbackPage.Done;
        var split = target.IndexOf('?', StringComparison.Ordinal);
        if (split < 0 || target[..split] != RedirectUri.AbsolutePath)
            return LoopbackPage.NotFound;
        var query = target[split..];
        var state = AuthorizationResponse.Parse(query)?.GetValueOrDefault("state");
        if (state is null || !_request!.State.Is(state) || !_answer.TrySetResult(query))
            return LoopbackPage.NotFound;
        // So that the code stays in neither the address bar nor the history.
        return LoopbackPage.To(LoopbackPage.DonePath);
    }
}
