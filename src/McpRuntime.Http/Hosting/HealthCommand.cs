using System.CommandLine;
using System.Net;

namespace McpRuntime.Http.Hosting;

/// <summary><c>health</c>: asks the gateway of this machine whether it runs, for containers without a shell.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <param name="parts">Reads the settings; called when the command runs.</param>
    public static Command Build(Func<GatewayParts> parts)
    {
        var command = new Command("health", "Checks that the local gateway is running (exit code 0).");
        command.SetAction(async (_, cancellationToken) => await LivesAsync(parts(), cancellationToken) ? 0 : 1);
        return command;
    }

    private static async Task<bool> LivesAsync(GatewayParts parts, CancellationToken cancellationToken)
    {
        var address = parts.Gateway.Addresses[0];
        if (address.Equals(IPAddress.Any))
            address = IPAddress.Loopback;
        else if (address.Equals(IPAddress.IPv6Any))
            address = IPAddress.IPv6Loopback;
        using var handler = new SocketsHttpHandler { UseProxy = false };
        // It asks itself, sends nothing secret and believes nothing; the certificate is for the name that clients use.
#pragma warning disable CA5359
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        // It asks itself.
#pragma warning disable RS0030
        using var client = new HttpClient(handler) { Timeout = Patience };
#pragma warning restore RS0030
        var url = new UriBuilder(
            parts.Gateway.Tls is null ? "http" : "https",
            address.ToString(),
            parts.Gateway.Port,
            "/health/live"
        ).Uri;
        try
        {
            using var answer = await client.GetAsync(url, cancellationToken);
            if (answer.IsSuccessStatusCode)
                return true;
            await Console.Error.WriteLineAsync($"{url} answered {(int)answer.StatusCode}.");
        }
        catch (Exception exception)
            when (exception is HttpRequestException
                || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            await Console.Error.WriteLineAsync($"{url} does not answer: {exception.Message}");
        }
        return false;
    }
}
