using System.Net.Sockets;
using System.Text;

namespace McpRuntime.Testing;

/// <summary>The upstream's end of one connection, for answers that are no <see cref="UpstreamAnswer"/>.</summary>
public sealed class UpstreamConnection
{
    private readonly Socket _socket;

    internal UpstreamConnection(Socket socket, Stream stream)
    {
        _socket = socket;
        Stream = stream;
    }

    public Stream Stream { get; }

    /// <summary>No further request is read; set by <see cref="Close"/> and <see cref="Reset"/>.</summary>
    internal bool IsClosed { get; private set; }

    public Task SendAsync(UpstreamAnswer answer, CancellationToken cancellationToken) =>
        Stream.WriteAsync(answer.ToBytes(), cancellationToken).AsTask();

    /// <summary>Writes text as it is, one byte a char.</summary>
    public Task SendAsync(string text, CancellationToken cancellationToken) =>
        Stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken).AsTask();

    /// <summary>Ends the connection in order (FIN).</summary>
    public void Close()
    {
        IsClosed = true;
        _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Breaks the connection (RST).</summary>
    public void Reset()
    {
        IsClosed = true;
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }
}
