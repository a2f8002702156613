using McpRuntime.Http.Configuration.Issuers;
using McpRuntime.Network;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace McpRuntime.Http.Authentication.Issuers;

/// <summary>A trusted issuer with its metadata and keys, which are read when they are needed, and kept.</summary>
internal sealed class KnownIssuer(TrustedIssuer settings, IssuerDocuments documents)
{
    public TrustedIssuer Settings => settings;

    public ConfigurationManager<OpenIdConnectConfiguration> Manager { get; } =
        new(new IssuerConfiguration(settings).Address, new IssuerConfiguration(settings), documents)
        {
            // A key that the issuer withdrew is not trusted for another hour.
            UseLastKnownGoodConfiguration = false,
        };

    /// <summary>Where an endpoint of it may be.</summary>
    public AddressPolicy AddressesOf(Uri endpoint) => documents.AddressesOf(endpoint);

    /// <exception cref="InvalidOperationException">They were never read, and cannot be read now.</exception>
    public Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken cancellationToken) =>
        Manager.GetConfigurationAsync(cancellationToken);
}
