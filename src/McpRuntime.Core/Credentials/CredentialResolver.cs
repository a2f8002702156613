using System.Collections.Concurrent;
using McpRuntime.Approvals;
using McpRuntime.Calls;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// Chooses the credentials of a call: the first requirement whose credentials are all there, and no credential at all
/// only where the API allows that and none is there. A credential goes only to the origins that it was set for.
/// </summary>
internal sealed class CredentialResolver(
    IReadOnlyList<ICredentialSource> sources, ApprovalStore approvals, TokenCache tokens, OpenIdDiscovery discovery, TimeProvider time)
    : IDisposable
{
    // Calls share what they send; as many as the served tools have ways to prove themselves.
    private readonly ConcurrentDictionary<PreparedKey, PreparedCredentials> _prepared = new();

    /// <param name="plan">The tool.</param>
    /// <param name="addresses">Where token endpoints may be; null fetches no token and stands <c>***</c> in its place.</param>
    /// <param name="cancellationToken">Fetching a token spends the call's own time.</param>
    /// <exception cref="CallException">A credential is missing, or is not approved for the origin.</exception>
    public ValueTask<CallCredentials> ResolveAsync(CallPlan plan, AddressPolicy? addresses, CancellationToken cancellationToken)
    {
        if (addresses is null)
            return PrepareAsync(plan, addresses, cancellationToken);
        if (_prepared.TryGetValue(PreparedKey.Of(plan), out var known) && known.TryHold())
        {
            if (known.IsGood(approvals.For(plan.Connector.Name), time))
                return ValueTask.FromResult(new CallCredentials(known));
            known.Release();
        }
        return PrepareAsync(plan, addresses, cancellationToken);
    }

    /// <summary>The API refused what <see cref="ResolveAsync"/> found.</summary>
    public void Refused(CallPlan plan, CallCredentials refused)
    {
        refused.Refuse();
        foreach (var scheme in plan.Security.SelectMany(requirement => requirement.Schemes.Keys))
        {
            foreach (var source in sources)
                source.Refused(plan.Connector.Name, scheme);
        }
    }

    public void Dispose()
    {
        foreach (var key in _prepared.Keys)
            Drop(key);
    }

    /// <summary>How a person sets what a tool needs, for messages.</summary>
    public string ExplainMissing(CallPlan plan)
    {
        var ways = plan.Security.Where(requirement => requirement.Schemes.Count > 0)
            .Select(requirement => string.Join(" and ", requirement.Schemes.Keys.Select(name => HowTo(plan, name))));
        return $"The tool '{plan.Tool.Name}' of '{plan.Connector.Name}' needs a credential that is not set; nothing was called. Give one of:\n- {string.Join("\n- ", ways)}";
    }

    private async ValueTask<CallCredentials> PrepareAsync(CallPlan plan, AddressPolicy? addresses, CancellationToken cancellationToken)
    {
        var prepared = new PreparedCredentials { Since = time.GetTimestamp(), Approvals = approvals.For(plan.Connector.Name) };
        try
        {
            if (!await ChooseAsync(prepared, plan, addresses, cancellationToken))
                throw new CallException(ExplainMissing(plan)) { ErrorCode = CallErrorCode.CredentialMissing };
            if (addresses is not null)
                Keep(PreparedKey.Of(plan), prepared);
            return new CallCredentials(prepared);
        }
        catch
        {
            prepared.Release();
            throw;
        }
    }

    private async ValueTask<bool> ChooseAsync(
        PreparedCredentials prepared, CallPlan plan, AddressPolicy? addresses, CancellationToken cancellationToken)
    {
        foreach (var requirement in plan.Security)
        {
            if (requirement.Schemes.Count > 0 && await TryAsync(prepared, plan, requirement, addresses, cancellationToken))
                return true;
        }
        return plan.Security.Count == 0 || plan.Security.Any(requirement => requirement.Schemes.Count == 0);
    }

    private async ValueTask<bool> TryAsync(
        PreparedCredentials prepared, CallPlan plan, SecurityRequirement requirement, AddressPolicy? addresses, CancellationToken cancellationToken)
    {
        var whole = new List<(string Name, SecurityScheme Scheme, Credential Credential)>();
        foreach (var name in requirement.Schemes.Keys)
        {
            var scheme = plan.Schemes[name];
            var credential = await FindAsync(prepared, plan.Connector.Name, name, cancellationToken);
            if (credential is null || SchemeFields.Satisfied(scheme, credential) is null)
                return false;
            whole.Add((name, scheme, credential));
        }
        foreach (var (name, scheme, credential) in whole)
        {
            CheckOrigin(plan.Connector.Name, name, credential, plan.Origin);
            if (scheme is MutualTlsScheme)
            {
                UseCertificate(prepared, plan, name, credential);
                continue;
            }
            if (scheme is OAuth2Scheme or OpenIdConnectScheme && credential[CredentialField.Token] is null)
                await UseTokenAsync(prepared, plan, name, requirement.Schemes[name], credential, addresses, cancellationToken);
            else
                prepared.Use(scheme, credential);
            CheckText(plan.Connector.Name, name, prepared.Uses[^1]);
        }
        return true;
    }

    private static void UseCertificate(PreparedCredentials prepared, CallPlan plan, string name, Credential credential)
    {
        if (plan.Origin.Scheme != Uri.UriSchemeHttps)
            throw new CallException($"The scheme '{name}' of '{plan.Connector.Name}' is mutual_tls, but {plan.Origin} is no https server, which could ask for a certificate; nothing was sent. Use https in the manifest's base_url.");
        if (prepared.Certificate is not null)
            throw new CallException($"'{plan.Connector.Name}' needs several mutual_tls schemes at once, and a connection carries one certificate. Leave one of them in the manifest's security.");
        prepared.Certificate = ClientCertificateReader.Read(plan.Connector.Name, name, credential);
    }

    private async Task UseTokenAsync(
        PreparedCredentials prepared, CallPlan plan, string name, IReadOnlyList<string> scopes, Credential client,
        AddressPolicy? addresses, CancellationToken cancellationToken)
    {
        if (addresses is null && plan.Schemes[name] is OpenIdConnectScheme)
        {
            prepared.UseToken(new FetchedToken(new Secret("***"), DateTimeOffset.MaxValue), renew: null);
            return;
        }
        var use = await TokenAsync(plan, name, scopes, client, addresses, cancellationToken);
        // The client's secret goes to the token endpoint, which the manifest names too.
        CheckOrigin(use.Connector, use.SchemeName, client, Origin.Of(use.TokenUrl));
        if (addresses is null)
        {
            prepared.UseToken(new FetchedToken(new Secret("***"), DateTimeOffset.MaxValue), renew: null);
            return;
        }
        prepared.UseToken(
            await tokens.GetAsync(use, client, addresses, refused: null, cancellationToken),
            (refused, token) => tokens.GetAsync(use, client, addresses, refused, token));
    }

    private void Keep(PreparedKey key, PreparedCredentials prepared)
    {
        if (!prepared.TryHold())
            return;
        // What nobody called with for a while must not stay in memory for it.
        foreach (var (other, old) in _prepared)
        {
            if (time.GetElapsedTime(old.Since) >= PreparedCredentials.Lifetime)
                Drop(other);
        }
        PreparedCredentials? before = null;
        _prepared.AddOrUpdate(key, prepared, (_, known) =>
        {
            before = known;
            return prepared;
        });
        before?.Release();
    }

    private void Drop(PreparedKey key)
    {
        if (_prepared.TryRemove(key, out var prepared))
            prepared.Release();
    }

    /// <summary>Which token a scheme's client is exchanged for.</summary>
    /// <param name="plan">The tool.</param>
    /// <param name="name">An oauth2 or open_id_connect scheme.</param>
    /// <param name="scopes">Those of the requirement.</param>
    /// <param name="client">The client.</param>
    /// <param name="addresses">Where the discovery document may be; null for an oauth2 scheme.</param>
    /// <param name="cancellationToken">Reading the discovery document spends the call's own time.</param>
    /// <exception cref="CallException">Manifest or discovery document name no endpoint that can be asked.</exception>
    internal async Task<TokenUse> TokenAsync(
        CallPlan plan, string name, IReadOnlyList<string> scopes, Credential client, AddressPolicy? addresses, CancellationToken cancellationToken)
    {
        if (plan.Schemes[name] is OpenIdConnectScheme discovered)
        {
            var found = await discovery.FindAsync(plan.Connector.Name, name, discovered, addresses!, cancellationToken);
            return new TokenUse(plan.Connector.Name, name, found.Scheme, scopes, found.TokenUrl);
        }
        var scheme = (OAuth2Scheme)plan.Schemes[name];
        var refreshes = client[CredentialField.RefreshToken] is not null;
        var address = refreshes ? scheme.RefreshUrl ?? scheme.TokenUrl : scheme.TokenUrl;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw new CallException($"The scheme '{name}' of '{plan.Connector.Name}' has the {(refreshes && scheme.RefreshUrl is not null ? "refresh_url" : "token_url")} '{address}', which is no absolute http or https URL. Correct it in the manifest.");
        return new TokenUse(plan.Connector.Name, name, scheme, scopes.Count > 0 ? scopes : scheme.Scopes, url);
    }

    // A key with a line break would end its field and begin another. The message shows nothing of it.
    private static void CheckText(string connector, string scheme, CredentialUse use)
    {
        foreach (var value in use.Value.RevealUtf8())
        {
            if (use.In != ArgumentLocation.Query && (value is < (byte)' ' or 0x7F || (value == (byte)';' && use.In == ArgumentLocation.Cookie)))
                throw new CallException($"The credential '{scheme}' of '{connector}' holds a line break or another character that a {use.In.ToString().ToLowerInvariant()} cannot carry. Set it again without.");
        }
    }

    private async ValueTask<Credential?> FindAsync(
        PreparedCredentials prepared, string connector, string scheme, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            var credential = await source.FindAsync(connector, scheme, cancellationToken);
            prepared.Own(new FoundCredential(source, connector, scheme, credential));
            if (credential is not null)
                return credential;
        }
        return null;
    }

    /// <exception cref="CallException">The credential is not approved for the origin.</exception>
    // A manifest names the server. Were that enough, changing one line of it would send the credential anywhere.
    internal void CheckOrigin(string connector, string scheme, Credential credential, Origin origin)
    {
        if (!origin.MayCarryCredentials)
            throw new CallException($"The credential '{scheme}' of '{connector}' would travel over plain http to {origin}, readable for everyone on the way; nothing was sent. Use https in the manifest's base_url.");
        if (credential.Origins.Contains(origin) || approvals.For(connector).Allows(origin))
            return;
        var approved = approvals.Now(connector);
        if (approved.Allows(origin))
            return;
        var bound = credential.Origins.Concat(approved.Origins.Select(entry => entry.Origin)).Distinct().ToList();
        var boundTo = bound.Count == 0 ? "no origin yet" : string.Join(", ", bound);
        var approve = credential.IsApprovedInPowerShell
            ? $"run in PowerShell: Set-McpCredential '{connector}' -SecurityScheme '{scheme}' -Force"
            : $"set {CredentialName.For(connector, scheme, CredentialField.Origins)}={string.Join(' ', bound.Append(origin))}";
        throw new CallException($"The credential '{scheme}' of '{connector}' (from {credential.Source}) is not approved for {origin}; it is bound to {boundTo}. Nothing was sent. If {origin} is the right server, import the connector from its document, or {approve}") { ErrorCode = CallErrorCode.OriginNotApproved };
    }

    internal string HowTo(CallPlan plan, string name)
    {
        var scheme = plan.Schemes[name];
        var alternatives = SchemeFields.Alternatives(scheme);
        if (alternatives.Count == 0)
            return $"scheme '{name}' ({SchemeFields.Describe(scheme)}), which this version cannot use";
        var ways = sources.SelectMany(source => alternatives.Select(fields => source.HowToSet(plan.Connector.Name, name, fields)));
        return $"scheme '{name}' ({SchemeFields.Describe(scheme)}): {string.Join(", or ", ways)}";
    }
}

/// <summary>Calls with the same key send the same credentials.</summary>
/// <param name="Connector">Connector name.</param>
/// <param name="Security">The requirements; one object for all tools of a connector that have none of their own.</param>
/// <param name="Schemes">The schemes that they name.</param>
/// <param name="Origin">Where the call goes.</param>
internal readonly record struct PreparedKey(
    string Connector, IReadOnlyList<SecurityRequirement> Security, IReadOnlyDictionary<string, SecurityScheme> Schemes, Origin Origin)
{
    public static PreparedKey Of(CallPlan plan) => new(plan.Connector.Name, plan.Security, plan.Schemes, plan.Origin);
}
