using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpRuntime.Benchmarks.Calls;

/// <summary>The least server there is: one answer of 1 KB to every request, in a process of its own.</summary>
internal static class CannedUpstream
{
    public static async Task RunAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await Console.Out.WriteLineAsync($"{((IPEndPoint)listener.LocalEndpoint).Port}");
        // Its starter closes standard input when it is done, or is gone.
        _ = AcceptAsync(listener);
        await Console.In.ReadToEndAsync();
    }

    private static async Task AcceptAsync(TcpListener listener)
    {
        var items = string.Join(
            ",",
            Enumerable.Range(0, 23).Select(i => $$"""{"id":{{i}},"name":"pet number {{i}}","ok":true}""")
        );
        var body = $$"""{"items":[{{items}}]}""";
        var answer = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );
        while (true)
            _ = ServeAsync(await listener.AcceptSocketAsync(), answer);
    }

    private static async Task ServeAsync(Socket socket, byte[] answer)
    {
        using var _ = socket;
        socket.NoDelay = true;
        var buffer = new byte[8192];
        var filled = 0;
        while (await socket.ReceiveAsync(buffer.AsMemory(filled)) is > 0 and var read)
        {
            filled += read;
            if (!buffer.AsSpan(0, filled).EndsWith("\r\n\r\n"u8))
                continue;
            filled = 0;
            await socket.SendAsync(answer);
        }
    }
}
