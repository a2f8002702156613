using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace McpRuntime.Network;

/// <summary>
/// Scheme, host and port of an http(s) URL (RFC 6454 section 4): what a credential is bound to. Hosts are compared in
/// lower case and in their ASCII form, so that two spellings of one host are one origin.
/// </summary>
public sealed record Origin
{
    private Origin(string scheme, string host, int port)
    {
        Scheme = scheme;
        Host = host;
        Port = port;
    }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Scheme { get; }

    /// <summary>Lower-case ASCII name, or a literal address; IPv6 is in brackets.</summary>
    public string Host { get; }

    public int Port { get; }

    /// <summary>True for https, and for loopback, whose traffic no network sees.</summary>
    public bool MayCarryCredentials => Scheme == Uri.UriSchemeHttps || IsLoopback;

    /// <summary>
    /// True for <c>localhost</c>, names below it (RFC 6761 section 6.3) and literal loopback addresses.
    /// </summary>
    public bool IsLoopback => IsLoopbackHost(Host);

    /// <summary>The origin of an absolute URL.</summary>
    /// <exception cref="McpRuntimeException">The URL is neither http nor https.</exception>
    public static Origin Of(Uri uri)
    {
        if (
            !uri.IsAbsoluteUri
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0
        )
            throw new McpRuntimeException(
                $"'{uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}' is not an http "
                    + $"or https URL with a host."
            );
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return new Origin(uri.Scheme, host.ToLowerInvariant().TrimEnd('.'), uri.Port);
    }

    /// <summary>Reads an origin or any http(s) URL; its path, query and user information are ignored.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Origin? origin)
    {
        origin = null;
        if (
            !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
            || uri.Host.Length == 0
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        )
            return false;
        origin = Of(uri);
        return true;
    }

    public override string ToString()
    {
        var usual = Scheme == Uri.UriSchemeHttps ? 443 : 80;
        return Port == usual
            ? $"{Scheme}://{Host}"
            : string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}:{Port}");
    }

    internal static bool IsLoopbackHost(string host) =>
        host == "localhost"
        || host.EndsWith(".localhost", StringComparison.Ordinal)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
