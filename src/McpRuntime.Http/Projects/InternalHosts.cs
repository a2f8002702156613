using System.Net;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Problems;
using McpRuntime.Network;

namespace McpRuntime.Http.Projects;

/// <summary>
/// Which internal addresses a connector of a project may reach. The operator's networks bound what holders of the right
/// 'network' can approve; link-local addresses and metadata services are beyond any approval.
/// </summary>
internal static class InternalHosts
{
    private const int Most = 50;

    private const string WayOut =
        "A holder of the right 'network' can approve hosts within MCP_RUNTIME_ALLOWED_NETWORKS: PATCH the connector "
        + "with {\"privateHosts\": [\"HOST\"]}, or with {\"privateNetworks\": true} for all of them.";

    private static readonly AddressPolicy PublicOnly = AddressPolicy.PublicUnless(WayOut);

    public static AddressPolicy PolicyOf(RuntimeSettings settings, ProjectConnector connector) =>
        connector.PrivateNetworks ? AddressPolicy.Within(settings.AllowedNetworks, names: GatewayOptionNames.Names)
        : connector.PrivateHosts.Count > 0
            ? AddressPolicy.Within(settings.AllowedNetworks, connector.PrivateHosts, WayOut)
        : PublicOnly;

    /// <summary>The hosts that a request approves.</summary>
    /// <exception cref="ProblemException">Some of them can never be approved.</exception>
    public static IReadOnlyList<string> Read(RuntimeSettings settings, IReadOnlyList<string> hosts)
    {
        if (hosts.Count > Most)
            throw Invalid($"'privateHosts' takes up to {Most} hosts.");
        if (hosts.Count > 0 && settings.AllowedNetworks.Count == 0)
            throw new ProblemException(
                Problem.Conflict(
                    "The operator allows no internal networks, so no host in one can be approved: "
                        + "MCP_RUNTIME_ALLOWED_NETWORKS is not set."
                )
            );
        return [.. hosts.Select(host => Read(settings, host)).Distinct(StringComparer.Ordinal)];
    }

    private static string Read(RuntimeSettings settings, string host)
    {
        var plain = host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        if (plain.Length > 253 || Uri.CheckHostName(plain) is UriHostNameType.Unknown or UriHostNameType.Basic)
            throw Invalid(
                $"'privateHosts' holds '{UntrustedText.Clean(host)}', which is not a host name or an IP address."
            );
        if (
            IPAddress.TryParse(plain, out var address)
            && AddressPolicy.Within(settings.AllowedNetworks, names: GatewayOptionNames.Names).Refusal(plain, address)
                is { } refusal
        )
            throw Invalid($"'privateHosts' holds '{plain}'. {refusal}");
        return plain;
    }

    private static ProblemException Invalid(string detail) => new(Problem.Invalid(detail));
}
