using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpRuntime.Tests.Documents;

/// <summary>Answers requests for documents, well and badly, in its own bytes.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public LoopbackServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            // A listener that was stopped between two of them refuses to accept.
            while (!_stop.IsCancellationRequested)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                var path = (await reader.ReadLineAsync(_stop.Token))!.Split(' ')[1];
                while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 }) { }
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer(path)), _stop.Token);
                if (path == "/silent")
                    await Task.Delay(Timeout.Infinite, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The other side has had enough.
        }
    }

    private static string Answer(string path) =>
        path switch
        {
            "/good" => Redirect("/final/openapi.json"),
            "/final/openapi.json" => Ok("{\"openapi\":\"3.0.0\"}"),
            "/circle" => Redirect("/circle2"),
            "/circle2" => Redirect("/circle"),
            "/to-ftp" => Redirect("ftp://127.0.0.1/x"),
            "/long" => Ok(new string(' ', 20_000)),
            "/lying" => "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + new string(' ', 200_000),
            "/silent" => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
            "/page" => Ok("<!DOCTYPE html><title>Sign in</title>"),
            _ when path.StartsWith("/many/", StringComparison.Ordinal) => Redirect(
                "/many/" + (int.Parse(path[6..], CultureInfo.InvariantCulture) + 1)
            ),
            _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        };

    private static string Ok(string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    private static string Redirect(string target) =>
        $"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}
