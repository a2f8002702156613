using System.Net.Sockets;
using System.Security.Authentication;

namespace McpRuntime.Network;

/// <summary>Why no response came, in words with what to do.</summary>
internal static class FailureText
{
    public static string Of(Exception failure, Origin origin)
    {
        if (Find<AddressRefusedException>(failure) is { } refused)
            return refused.Message;
        var kind = failure switch
        {
            HttpRequestException request => request.HttpRequestError,
            HttpIOException body => body.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };
        return kind switch
        {
            HttpRequestError.NameResolutionError =>
                $"The host of {origin} has no address (DNS: name not found). Check base_url in the manifest "
                    + $"and this machine's network.",
            HttpRequestError.ConnectionError =>
                $"{origin} cannot be reached: {Reason(failure)}. Check that the API is running there and that "
                    + $"a firewall or proxy lets the call through.",
            HttpRequestError.SecureConnectionError =>
                $"No secure connection to {origin}: {Tls(failure)}. Check the server's certificate; to trust "
                    + $"another issuer, add it to MCP_RUNTIME_CA_BUNDLE.",
            HttpRequestError.ResponseEnded =>
                $"{origin} closed the connection before its answer was complete. The request may or may not "
                    + $"have been processed.",
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError =>
                $"{origin} sent an invalid HTTP response. Check that base_url names an HTTP API.",
            HttpRequestError.ConfigurationLimitExceeded => $"{origin} sent header fields beyond the limit of 64 KiB.",
            HttpRequestError.ProxyTunnelError =>
                $"The proxy refused the connection to {origin}. Check HTTPS_PROXY and NO_PROXY.",
            _ => Other(failure, origin),
        };
    }

    private static string Other(Exception failure, Origin origin)
    {
        var socket = Find<SocketException>(failure);
        if (socket?.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain)
            return $"The host of {origin} has no address (DNS: name not found). Check base_url in the manifest and "
                + $"this machine's network.";
        if (failure is InvalidDataException || Find<InvalidDataException>(failure) is not null)
            return $"{origin} sent a body that cannot be decompressed: it does not fit its Content-Encoding.";
        return socket is not null || Find<IOException>(failure) is not null
            ? $"The connection to {origin} broke: {Reason(failure)}. The request may or may not have been processed."
            : $"The call to {origin} failed: {Reason(failure)}.";
    }

    private static string Reason(Exception failure) =>
        Find<SocketException>(failure)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "the connection was refused",
            SocketError.ConnectionReset => "the connection was reset",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no route to it",
            SocketError.TimedOut => "the connection timed out",
            { } code => $"socket error {code}",
            null when failure is TaskCanceledException || Find<TimeoutException>(failure) is not null =>
                "the connection timed out",
            null => "the connection ended early",
        };

    private static string Tls(Exception failure) =>
        Diagnostics.UntrustedText.Clean(Find<AuthenticationException>(failure)?.Message).TrimEnd('.')
            is { Length: > 0 } reason
            ? reason
            : "the TLS handshake failed";

    private static T? Find<T>(Exception failure)
        where T : Exception
    {
        for (Exception? inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is T found)
                return found;
        }
        return null;
    }
}
