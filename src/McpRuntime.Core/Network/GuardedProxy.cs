using System.Net;

namespace McpRuntime.Network;

/// <summary>
/// The usual proxy settings (<c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>, <c>NO_PROXY</c>, the system's). Behind a proxy our
/// own connect check sees only the proxy, so targets that name an address outright are judged before they are sent.
/// Loopback targets never go to a proxy: there they would mean the proxy's own machine.
/// </summary>
/// <setting variable="HTTPS_PROXY" values="a URL" otherwise="none; on Windows and macOS the system's settings">
/// Proxy for https URLs. The names of these three variables may be in lower case, too.
/// </setting>
/// <setting variable="HTTP_PROXY" values="a URL" otherwise="as for HTTPS_PROXY">Proxy for http URLs.</setting>
/// <setting variable="NO_PROXY" values="hosts, separated by commas" otherwise="none">
/// Hosts to be called directly, e.g. <c>localhost,.corp.example</c>. Loopback never uses a proxy.
/// </setting>
internal sealed class GuardedProxy(IWebProxy? inner) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => inner?.Credentials;
        set => throw new NotSupportedException("Proxy credentials come from the proxy's own settings.");
    }

    public Uri? GetProxy(Uri destination)
    {
        if (inner is null || inner.IsBypassed(destination))
            return null;
        var proxy = inner.GetProxy(destination);
        return proxy is null || proxy == destination || IsLoopback(destination) ? null : proxy;
    }

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    /// <summary>Refuses a target that goes through a proxy and whose address is plain from the URL.</summary>
    /// <exception cref="AddressRefusedException">The policy does not allow the address.</exception>
    public void Check(Uri target, AddressPolicy policy)
    {
        if (inner is null || GetProxy(target) is null)
            return;
        var host = target.IdnHost.TrimEnd('.').ToLowerInvariant();
        // The names under which Google's metadata service answers; a proxy inside the cloud would resolve them.
        var address = host is "metadata.google.internal" or "metadata" ? IPAddress.Parse("169.254.169.254") : null;
        if (
            (address is not null || IPAddress.TryParse(host, out address))
            && policy.Refusal(host, address) is { } reason
        )
            throw new AddressRefusedException(reason);
    }

    private static bool IsLoopback(Uri target) =>
        target.IsLoopback || Origin.IsLoopbackHost(target.IdnHost.TrimEnd('.').ToLowerInvariant());
}
