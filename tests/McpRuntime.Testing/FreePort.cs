using System.Net;
using System.Net.Sockets;

namespace McpRuntime.Testing;

/// <summary>
/// Ports of loopback for servers that start later, or that are gone. A port that the system chooses would be given to
/// the next who asks as soon as it is free; these lie below those that it chooses (32768 and up on Linux, 49152 and up
/// elsewhere), and each belongs to one process of tests until that ends.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Count = 10_000;

    // They live as long as this process: their names are what keeps others from the ports.
    private static readonly List<Mutex> Taken = [];

    /// <summary>A port that no one listens on, and that no one else takes.</summary>
    public static int Take()
    {
        var start = Random.Shared.Next(Count);
        for (var i = 0; i < Count; i++)
        {
            var port = First + ((start + i) % Count);
            if (IsFree(port) && IsOurs(port))
                return port;
        }
        throw new InvalidOperationException($"All ports from {First} to {First + Count - 1} are in use.");
    }

    private static bool IsOurs(int port)
    {
        var name = new Mutex(initiallyOwned: false, $@"Global\mcp-runtime-test-port-{port}", out var isNew);
        if (!isNew)
        {
            name.Dispose();
            return false;
        }
        lock (Taken)
            Taken.Add(name);
        return true;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
