using System.Net;
using System.Net.Sockets;

namespace McpRuntime.Http.Tests.Storage;

/// <summary>
/// Stands between a gateway and its database. While it is paused, connections are accepted and kept but nothing passes:
/// as with a server that was stopped by a signal, or a network that drops packets.
/// </summary>
internal sealed class PausableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly int _target;
    private volatile TaskCompletionSource _open = new();

    private PausableProxy(int target)
    {
        _target = target;
        _open.SetResult();
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Starts one in front of a database and gives the database's URL through it.</summary>
    public static (PausableProxy Proxy, string Url) Start(string databaseUrl)
    {
        var url = new UriBuilder(databaseUrl);
        var proxy = new PausableProxy(url.Port);
        url.Port = proxy.Port;
        // Without its own limits, whoever waits for the database waits for ever.
        url.Query = "Timeout=0&CommandTimeout=0&CancellationTimeout=0";
        return (proxy, url.Uri.AbsoluteUri);
    }

    public void Pause() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        Resume();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_ended.Token));
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await _open.Task;
                await server.ConnectAsync(IPAddress.Loopback, _target, _ended.Token);
                await Task.WhenAny(PassAsync(client, server), PassAsync(server, client));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // One side is gone, and so is the other.
            }
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _ended.Token) is var read and > 0)
            {
                await _open.Task;
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _ended.Token);
            }
        }
        catch (Exception exception)
            when (exception
                    is OperationCanceledException
                        or IOException
                        or ObjectDisposedException
                        or InvalidOperationException
            )
        {
            // One side is gone, and so is the other.
        }
    }
}
