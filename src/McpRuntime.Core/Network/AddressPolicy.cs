using System.Net;
using McpRuntime.Configuration;

namespace McpRuntime.Network;

/// <summary>
/// Which addresses may be connected to. A manifest or a document names hosts, and names resolve to whatever their
/// owner likes: so the rule is about the address that is connected, on every connection.
/// </summary>
public sealed class AddressPolicy : IEquatable<AddressPolicy>
{
    private readonly IPNetwork[] _networks;
    private readonly string[] _hosts;
    private readonly string? _wayOut;
    private readonly OptionNames _names;
    private readonly Reach _reach;
    private readonly int _hash;

    /// <param name="allowedNetworks">Networks that the operator allows, of any class.</param>
    /// <param name="approvedHosts">Hosts that a user named: they may be private or loopback, never link-local or
    /// metadata.</param>
    /// <param name="names">How refusals name the choices that approve a host.</param>
    public AddressPolicy(
        IEnumerable<IPNetwork> allowedNetworks,
        IEnumerable<string>? approvedHosts = null,
        OptionNames? names = null
    )
    {
        _names = names ?? new OptionNames();
        _networks = [.. allowedNetworks];
        _hosts = approvedHosts is null
            ? []
            : [.. approvedHosts.Select(Normalize).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _hash = Hash();
    }

    private AddressPolicy(string wayOut)
        : this([]) => _wayOut = wayOut;

    private AddressPolicy(
        IEnumerable<IPNetwork> networks,
        IEnumerable<string>? hosts,
        string? wayOut,
        OptionNames? names
    )
        : this(networks, hosts, names)
    {
        _wayOut = wayOut;
        _reach = hosts is null ? Reach.AnyHostWithin : Reach.HostsWithin;
        _hash = Hash();
    }

    private enum Reach
    {
        /// <summary>Networks of any class, and hosts wherever they are in the network.</summary>
        Plain,

        /// <summary>Networks alone, and of them what is neither link-local nor metadata.</summary>
        AnyHostWithin,

        /// <summary>The same, for the hosts alone.</summary>
        HostsWithin,
    }

    /// <summary>Public addresses only.</summary>
    public static AddressPolicy PublicOnly { get; } = new([]);

    /// <summary>Public addresses only, for a reason other than the settings.</summary>
    /// <param name="wayOut">A sentence for refusals: what has to be done for other addresses.</param>
    public static AddressPolicy PublicUnless(string wayOut) => new(wayOut);

    /// <summary>
    /// Public addresses, and those that an operator's networks list and someone else approved: whoever that is cannot
    /// reach beyond these networks, and never link-local addresses or metadata services.
    /// </summary>
    /// <param name="networks">Those that the operator allows.</param>
    /// <param name="hosts">The approved hosts; null for every host.</param>
    /// <param name="wayOut">A sentence for refusals: what has to be done for other addresses; null names the
    /// networks.</param>
    /// <param name="names">How refusals name choices.</param>
    public static AddressPolicy Within(
        IEnumerable<IPNetwork> networks,
        IEnumerable<string>? hosts = null,
        string? wayOut = null,
        OptionNames? names = null
    ) => new(networks, hosts, wayOut, names);

    /// <summary>The message of a refusal, or null for an address that may be connected to.</summary>
    /// <param name="host">The name or literal address as the URL has it.</param>
    /// <param name="address">The address that the name resolved to.</param>
    public string? Refusal(string host, IPAddress address)
    {
        var kind = AddressClassifier.Classify(address);
        if (kind == AddressClass.Public)
            return null;
        if (_reach != Reach.Plain)
            return
                kind is not (AddressClass.LinkLocal or AddressClass.Metadata)
                && IsListed(address)
                && (_reach == Reach.AnyHostWithin || Array.IndexOf(_hosts, Normalize(host)) >= 0)
                ? null
                : Explain(host, address, kind);
        if (IsListed(address))
            return null;
        if (kind is AddressClass.Private or AddressClass.Loopback && Array.IndexOf(_hosts, Normalize(host)) >= 0)
            return null;
        return Explain(host, address, kind);
    }

    public bool Equals(AddressPolicy? other) =>
        ReferenceEquals(this, other)
        || (
            other is not null
            && _hash == other._hash
            && _wayOut == other._wayOut
            && _reach == other._reach
            && _hosts.AsSpan().SequenceEqual(other._hosts)
            && _networks.AsSpan().SequenceEqual(other._networks)
        );

    public override bool Equals(object? obj) => Equals(obj as AddressPolicy);

    public override int GetHashCode() => _hash;

    private int Hash()
    {
        var hash = new HashCode();
        hash.Add(_reach);
        foreach (var host in _hosts)
            hash.Add(host, StringComparer.Ordinal);
        foreach (var network in _networks)
            hash.Add(network);
        return hash.ToHashCode();
    }

    private string Explain(string host, IPAddress address, AddressClass kind)
    {
        var subject =
            Normalize(host) == Normalize(address.ToString())
                ? $"The address {address}"
                : $"The host '{host}' resolves to {address}, which";
        var plain = AddressClassifier.Unwrap(address);
        var network = $"MCP_RUNTIME_ALLOWED_NETWORKS={plain}/{plain.GetAddressBytes().Length * 8}";
        if (_reach != Reach.Plain && kind is AddressClass.LinkLocal or AddressClass.Metadata)
            return $"{subject} is a link-local address or a cloud metadata service, for which no approval counts.";
        if (_wayOut is not null)
            return $"{subject} is not a public address. {_wayOut}";
        return kind switch
        {
            AddressClass.Private =>
                $"{subject} is a private address, and this host is not approved. {Approve(network)} (a wider "
                    + $"network works too).",
            AddressClass.Loopback =>
                $"{subject} is a loopback address (this machine), and this host is not approved. {Approve(network)}.",
            AddressClass.LinkLocal =>
                $"{subject} is a link-local address. Only an operator can allow it: set {network}.",
            AddressClass.Metadata =>
                $"{subject} is a cloud metadata service, which hands out the machine's credentials. Only an "
                    + $"operator can allow it: set {network}.",
            _ => $"{subject} is a multicast, broadcast, unspecified, documentation or reserved address, which "
                + $"no API uses. To allow it, set {network}.",
        };
    }

    private string Approve(string network) =>
        _names.AllowPrivate is { } allow
            ? $"Import the connector with {OptionNames.Any(_names.BaseUrl, allow)}, or set {network}"
            : $"Set {network}";

    private static string Normalize(string host) => host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();

    private bool IsListed(IPAddress address)
    {
        if (_networks.Length == 0)
            return false;
        var inner = AddressClassifier.Unwrap(address);
        foreach (var network in _networks)
        {
            // A scope id is not part of the network an address is in.
            var plain =
                address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                    ? new IPAddress(address.GetAddressBytes())
                    : address;
            if (network.Contains(plain) || network.Contains(inner))
                return true;
        }
        return false;
    }
}
