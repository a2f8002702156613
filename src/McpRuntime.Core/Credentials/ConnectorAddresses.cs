using System.Runtime.CompilerServices;
using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// The addresses that each connector may reach: those that the settings and the user's approvals allow. The same object
/// for as long as these are the same: connections are pooled by it.
/// </summary>
/// <param name="settings">The networks that every connector may reach.</param>
/// <param name="approvals">The hosts that the user approved.</param>
public sealed class ConnectorAddresses(RuntimeSettings settings, ApprovalStore approvals)
{
    private readonly ConditionalWeakTable<ConnectorApprovals, AddressPolicy> _policies = [];
    private Tuple<ConnectorApprovals, AddressPolicy>? _last;

    /// <param name="connector">Connector name.</param>
    public AddressPolicy For(string connector)
    {
        var approved = approvals.For(connector);
        var last = _last;
        if (last is not null && ReferenceEquals(last.Item1, approved))
            return last.Item2;
        var policy = _policies.GetValue(approved, key => new AddressPolicy(
            settings.AllowedNetworks,
            key.PrivateHosts.Select(entry => entry.Host),
            settings.OptionNames
        ));
        _last = Tuple.Create(approved, policy);
        return policy;
    }
}
