using System.Net;
using System.Net.Sockets;

namespace McpRuntime.Network;

/// <summary>
/// Opens the connections of <see cref="GuardedHttp"/>. It resolves the name itself and connects to the same address
/// that it checked: were the name resolved a second time, its owner could answer with another address (DNS rebinding).
/// </summary>
internal sealed class GuardedConnect(
    AddressPolicy policy,
    GuardedProxy proxy,
    Func<string, CancellationToken, Task<IPAddress[]>> resolve
)
{
    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        // The proxy is the operator's choice and may be anywhere; GuardedProxy judges the target instead. CONNECT,
        // which no tool can send, is the handler's own request to it for a tunnel.
        var message = context.InitialRequestMessage;
        if (
            message.Method != HttpMethod.Connect
            && (message.RequestUri is null || proxy.GetProxy(message.RequestUri) is null)
        )
            addresses = Allowed(host, addresses);
        return await ConnectAnyAsync(host, addresses, context.DnsEndPoint.Port, cancellationToken);
    }

    private static async Task<Stream> ConnectAnyAsync(
        string host,
        IPAddress[] addresses,
        int port,
        CancellationToken cancellationToken
    )
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
                // The handler asks for it again where it expects no error; a peer that is gone by then would make one.
                _ = socket.RemoteEndPoint;
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException error)
            {
                socket.Dispose();
                last = error;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw last ?? new SocketException((int)SocketError.HostNotFound, $"'{host}' has no address.");
    }

    // A name with good and bad addresses is called at the good ones; with bad ones only, the first says why not.
    private IPAddress[] Allowed(string host, IPAddress[] addresses)
    {
        string? refusal = null;
        var allowed = new List<IPAddress>(addresses.Length);
        foreach (var address in addresses)
        {
            if (policy.Refusal(host, address) is { } reason)
                refusal ??= reason;
            else
                allowed.Add(address);
        }
        return allowed.Count == 0 && refusal is not null ? throw new AddressRefusedException(refusal) : [.. allowed];
    }
}
