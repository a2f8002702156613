using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>Looks at the credentials of connectors as a call would.</summary>
public sealed class CredentialOverview : IDisposable
{
    private readonly RuntimeSettings _settings;
    private readonly ApprovalStore _approvals;
    private readonly ConnectorAddresses _addresses;
    private readonly IReadOnlyList<ICredentialSource> _sources;
    private readonly OAuthTokenCache _tokens;
    private readonly OriginPolicy _origins;
    private readonly CredentialResolver _resolver;

    /// <param name="settings">Time of a token fetch and allowed networks.</param>
    /// <param name="http">The connections; not disposed here.</param>
    /// <param name="approvals">The user's record of approved origins and hosts.</param>
    /// <param name="sources">Where credentials are kept, in the order in which they are asked.</param>
    public CredentialOverview(
        RuntimeSettings settings,
        GuardedHttp http,
        ApprovalStore approvals,
        IReadOnlyList<ICredentialSource> sources
    )
    {
        _settings = settings;
        _approvals = approvals;
        _addresses = new ConnectorAddresses(settings, approvals);
        _sources = sources;
        _tokens = new OAuthTokenCache(new TokenEndpoint(http), TimeProvider.System);
        _origins = new OriginPolicy(approvals);
        _resolver = new CredentialResolver(
            sources,
            approvals,
            _origins,
            _tokens,
            new OpenIdDiscovery(http, TimeProvider.System),
            TimeProvider.System
        );
    }

    /// <summary>The schemes that the tools of a connector use, by name.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="asksEndpoints">
    /// Clients are exchanged for a token, to see whether their endpoint accepts them. Refresh tokens are not: many are
    /// good for one exchange, and no one would keep the next.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<SchemeStatus>> ReadAsync(
        ConnectorManifest connector,
        bool asksEndpoints,
        CancellationToken cancellationToken
    )
    {
        var found = new SortedDictionary<string, SchemeStatus>(StringComparer.Ordinal);
        foreach (var tool in connector.Tools)
        {
            if (NeedsOf(connector, tool) is not { } needsOfTool)
                continue;
            var needs = needsOfTool with
            {
                Profile = _settings.Profiles.Of(connector.Name) ?? connector.Credentials.Profile,
            };
            foreach (var requirement in needs.Security)
            {
                foreach (var (name, scopes) in requirement.Schemes)
                {
                    if (!found.TryGetValue(name, out var known) || known.Problem is null)
                        found[name] = await LookAsync(
                            needs,
                            name,
                            scopes,
                            asksEndpoints && known is null,
                            known,
                            cancellationToken
                        );
                }
            }
        }
        return [.. found.Values.Select(status => WithMissing(connector, status))];
    }

    public void Dispose()
    {
        _resolver.Dispose();
        _tokens.Dispose();
    }

    // What is wrong with a tool's server is reported by its calls.
    private static CredentialNeeds? NeedsOf(ConnectorManifest connector, ToolManifest tool)
    {
        try
        {
            return CredentialNeeds.Of(connector, tool, Environment.GetEnvironmentVariable);
        }
        catch (CallException)
        {
            return null;
        }
    }

    private async Task<SchemeStatus> LookAsync(
        CredentialNeeds needs,
        string name,
        IReadOnlyList<string> scopes,
        bool asks,
        SchemeStatus? known,
        CancellationToken cancellationToken
    )
    {
        var scheme = needs.Schemes[name];
        var status = new SchemeStatus
        {
            Scheme = name,
            Kind = SchemeFields.Describe(scheme),
            Profile = needs.Key(name).Profile,
            IsAccepted = known?.IsAccepted,
        };
        try
        {
            using var credential = await FindAsync(needs.Key(name), cancellationToken);
            if (credential is null)
                return status with
                {
                    Problem = $"Nothing is set: {_resolver.HowTo(needs, name)}.",
                    ProblemCode = CallErrorCode.CredentialMissing,
                };
            var approved = _approvals.Now(needs.Connector);
            status = status with
            {
                Source = credential.Source,
                IsSignIn = credential.SignIn is not null,
                Account = credential.Record?.Account,
                ExpiresAt = credential.Record?.ExpiresAt,
                GrantedScopes = [.. (credential.Record?.Scopes ?? []).Order(StringComparer.Ordinal)],
                Fields =
                [
                    .. Enum.GetValues<CredentialField>()
                        .Where(field => field != CredentialField.Origins && credential[field] is not null),
                ],
                Origins = [.. credential.Origins.Concat(approved.Origins.Select(entry => entry.Origin)).Distinct()],
            };
            if (SchemeFields.Satisfied(scheme, credential) is null)
                return status with { Problem = $"It is incomplete: {_resolver.HowTo(needs, name)}." };
            _origins.Check(needs.Connector, name, credential, needs.Origin);
            if (scheme is MutualTlsScheme)
                ClientCertificateReader.Read(needs.Connector, name, credential);
            if (scheme is not (OAuth2Scheme or OpenIdConnectScheme) || credential[CredentialField.Token] is not null)
                return status;
            if (credential.SignIn is { } signIn)
                return asks ? await RenewAsync(needs, status, signIn, cancellationToken) : status;
            // Where an open_id_connect scheme's endpoint is has to be asked too.
            if (scheme is OpenIdConnectScheme && !asks)
                return status;
            return await AskAsync(needs, status, scopes, credential, asks, cancellationToken);
        }
        catch (McpRuntimeException problem)
        {
            return status with { Problem = problem.Message, ProblemCode = problem.ErrorCode };
        }
    }

    // Where nothing is recorded of the grant, nothing is known to be missing.
    private static SchemeStatus WithMissing(ConnectorManifest connector, SchemeStatus status) =>
        status is { IsSignIn: true, GrantedScopes.Count: > 0 }
            ? status with
            {
                MissingScopes = NeededScopes.Missing(connector, status.Scheme, status.GrantedScopes),
            }
            : status;

    // Safe, unlike with a refresh token of the user's own: the next one is stored.
    private async Task<SchemeStatus> RenewAsync(
        CredentialNeeds needs,
        SchemeStatus status,
        ISignInTokens signIn,
        CancellationToken cancellationToken
    )
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(_settings.ConnectorTimeout);
        try
        {
            var addresses = _addresses.For(needs.Connector);
            var token = await signIn.GetAsync(addresses, ISignInTokens.NoneRefused, ended.Token);
            token.Secret.Dispose();
            return status with { IsAccepted = true, ExpiresAt = token.ExpiresAt };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(needs, status.Scheme);
        }
    }

    private CallException TooSlow(CredentialNeeds needs, string scheme) =>
        new(
            $"The token endpoint of '{scheme}' of '{needs.Connector}' did not answer within "
                + $"{_settings.ConnectorTimeout.TotalSeconds:0.###} s (MCP_RUNTIME_CONNECTOR_TIMEOUT_SECONDS)."
        );

    private async Task<SchemeStatus> AskAsync(
        CredentialNeeds needs,
        SchemeStatus status,
        IReadOnlyList<string> scopes,
        Credential client,
        bool asks,
        CancellationToken cancellationToken
    )
    {
        var name = status.Scheme;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(_settings.ConnectorTimeout);
        var addresses = _addresses.For(needs.Connector);
        try
        {
            var use = await _resolver.TokenAsync(needs, name, scopes, client, addresses, ended.Token);
            _origins.Check(needs.Connector, name, client, Origin.Of(use.TokenUrl));
            if (!asks || client[CredentialField.RefreshToken] is not null)
                return status;
            try
            {
                (await _tokens.GetAsync(use, client, addresses, refused: null, ended.Token)).Secret.Dispose();
                return status with { IsAccepted = true };
            }
            catch (CallException refused)
            {
                return status with { IsAccepted = false, Problem = refused.Message };
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(needs, name);
        }
    }

    private async ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        foreach (var source in _sources)
        {
            if (await source.FindAsync(key, cancellationToken) is { } credential)
                return credential;
        }
        return null;
    }
}
