using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.ConnectorCredentials;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Projects;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.SignInFlows;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>Finds the provider of a connector, and the client that the operator registered with it.</summary>
internal sealed class ConnectProviders(
    RuntimeSettings settings,
    GuardedHttp http,
    FolderConnectors folder,
    ProjectTable projects,
    ResourceUrls urls,
    GatewayCredentialSource gateway,
    TimeProvider time,
    ILoggerFactory loggers
)
{
    private readonly ApprovalStore _approvals = new(settings.DataFolder, time);

    // In the order in which calls ask them.
    private readonly IReadOnlyList<ICredentialSource> _sources = [gateway, .. CredentialSources.For(settings, loggers)];

    public SignInFlow Flow { get; } = new(settings, http, new ApprovalStore(settings.DataFolder, time), time);

    /// <summary>What the operator registers with every provider.</summary>
    public Uri RedirectUri => new(urls.Root + ConnectPaths.Callback);

    /// <returns>To be disposed.</returns>
    /// <exception cref="McpRuntimeException">
    /// The connector is gone, or the operator has not set or approved what is needed.
    /// </exception>
    public async Task<ConnectProvider> FindAsync(ConnectTicket ticket, CancellationToken cancellationToken)
    {
        var (connector, addresses) = ConnectorOf(ticket.Key, ticket.Project);
        var client = await ClientAsync(ticket.Key, cancellationToken);
        try
        {
            var request = new SignInRequest
            {
                Connector = connector,
                Scheme = ticket.Key.Scheme,
                ClientId = client?[CredentialField.ClientId]?.Reveal(),
            };
            if (request.ClientId is null && !SignInFlow.NamesClient(connector, ticket.Key.Scheme))
                throw new McpRuntimeException(
                    $"The operator of the gateway has not set the client of {ticket.Key.Label} yet: register one "
                        + $"with the provider and set {NameOf(ticket.Key, CredentialField.ClientId)}, or its client_id "
                        + "and client_secret through the gateway."
                );
            var endpoints = await Flow.ResolveAsync(request, cancellationToken, addresses);
            CheckApproved(ticket.Key, endpoints, client);
            return new ConnectProvider(connector, endpoints, addresses, client);
        }
        catch
        {
            client?.Dispose();
            throw;
        }
    }

    /// <summary>Where the connector may be reached; null for what the settings say.</summary>
    /// <exception cref="McpRuntimeException">The connector is gone.</exception>
    public AddressPolicy? AddressesOf(CredentialKey key, string? project) => ConnectorOf(key, project).Addresses;

    // Credentials and approvals are those of the connector of this project alone.
    private (ConnectorManifest Connector, AddressPolicy? Addresses) ConnectorOf(CredentialKey key, string? project)
    {
        IConnectorSet? set = project is null ? folder : projects.Find(project);
        var name = key.ConnectorName();
        var connector = set?.Current.Connectors.FirstOrDefault(candidate => candidate.Name == name);
        return connector?.SecuritySchemes.ContainsKey(key.Scheme) == true
            ? (connector with { Name = key.Connector }, set!.AddressesOf(connector))
            : throw new McpRuntimeException($"The connector {key.Label} is no longer served here.");
    }

    private async Task<Credential?> ClientAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        // One client serves all callers and profiles.
        var shared = new CredentialKey(key.Connector, key.Scheme);
        foreach (var source in _sources)
        {
            if (await source.FindAsync(shared, cancellationToken) is { } found)
                return found;
        }
        return null;
    }

    // A document names its provider, and is not trusted with the user's password page.
    private void CheckApproved(CredentialKey key, ProviderEndpoints endpoints, Credential? client)
    {
        var approved = _approvals.Now(key.Connector);
        var unknown = new[] { endpoints.Authorization, endpoints.Token, endpoints.Revocation }
            .OfType<Uri>()
            .Select(Origin.Of)
            .Distinct()
            .Where(origin =>
                !origin.MayCarryCredentials || (!approved.Allows(origin) && client?.Origins.Contains(origin) != true)
            )
            .ToList();
        if (unknown.Count > 0)
            throw new McpRuntimeException(
                $"The operator of the gateway has not approved {string.Join(", ", unknown)} for {key.Label}; nothing "
                    + $"was sent. If that is the right provider, the operator sets "
                    + $"{NameOf(key, CredentialField.ClientId)}, and adds it and the API's origin to "
                    + $"{NameOf(key, CredentialField.Origins)}."
            );
    }

    private static string NameOf(CredentialKey key, CredentialField field) =>
        CredentialName.For(key.Connector, key.Scheme, field);
}
