using System.Security.Cryptography;
using System.Text;
using McpRuntime.Credentials;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.SignInFlows;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>Where an account is connected, and as which client. Disposing clears the client's secret.</summary>
/// <param name="Connector">Named as credentials and approvals name it.</param>
/// <param name="Endpoints">Approved by the operator.</param>
/// <param name="Addresses">Where they may be; null for what the settings say.</param>
/// <param name="Client">What the operator set; null for a client that the manifest names.</param>
internal sealed record ConnectProvider(
    ConnectorManifest Connector,
    ProviderEndpoints Endpoints,
    AddressPolicy? Addresses,
    Credential? Client
) : IDisposable
{
    public Secret? ClientSecret => Client?[CredentialField.ClientSecret];

    /// <summary>Where tokens may go without a further approval.</summary>
    public IReadOnlyList<Origin> Origins => Client?.Origins ?? [];

    /// <summary>The same as long as nothing was changed that an answer depends on.</summary>
    public string Mark =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        Endpoints.Authorization,
                        Endpoints.Token,
                        Endpoints.Issuer,
                        Endpoints.ClientId,
                        string.Join(' ', Endpoints.Scopes)
                    )
                )
            )
        );

    public void Dispose() => Client?.Dispose();
}
