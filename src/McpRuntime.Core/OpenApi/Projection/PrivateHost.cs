using System.Net;
using McpRuntime.Network;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Hosts that are plainly not in the public network, by name alone; what a name resolves to is judged at each
/// connection.
/// </summary>
internal static class PrivateHost
{
    internal static bool IsPrivate(Uri uri)
    {
        var host = uri.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            return AddressClassifier.Classify(address) != AddressClass.Public;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase)
            || !host.Contains('.', StringComparison.Ordinal);
    }
}
