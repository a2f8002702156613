using McpRuntime.Calls;
using McpRuntime.Connectors;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// Chooses the credentials of a call: the first requirement whose credentials are all there, and no credential at all
/// only where the API allows that and none is there. A credential goes only to the origins that it was set for.
/// </summary>
internal sealed class CredentialResolver(IReadOnlyList<ICredentialSource> sources, ApprovalStore approvals, TokenCache tokens)
{
    /// <param name="plan">The tool.</param>
    /// <param name="addresses">Where token endpoints may be; null fetches no token and stands <c>***</c> in its place.</param>
    /// <param name="cancellationToken">Fetching a token spends the call's own time.</param>
    /// <exception cref="CallException">A credential is missing, or is not approved for the origin.</exception>
    public async ValueTask<CallCredentials> ResolveAsync(CallPlan plan, AddressPolicy? addresses, CancellationToken cancellationToken)
    {
        var call = new CallCredentials();
        try
        {
            foreach (var requirement in plan.Security)
            {
                if (requirement.Schemes.Count > 0 && await TryAsync(call, plan, requirement, addresses, cancellationToken))
                    return call;
            }
            if (plan.Security.Count == 0 || plan.Security.Any(requirement => requirement.Schemes.Count == 0))
                return call;
            throw new CallException(ExplainMissing(plan));
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// <summary>The API refused what <see cref="ResolveAsync"/> found.</summary>
    public void Refused(CallPlan plan)
    {
        foreach (var scheme in plan.Security.SelectMany(requirement => requirement.Schemes.Keys))
        {
            foreach (var source in sources)
                source.Refused(plan.Connector.Name, scheme);
        }
    }

    /// <summary>How a person sets what a tool needs, for messages.</summary>
    public string ExplainMissing(CallPlan plan)
    {
        var ways = plan.Security.Where(requirement => requirement.Schemes.Count > 0)
            .Select(requirement => string.Join(" and ", requirement.Schemes.Keys.Select(name => HowTo(plan, name))));
        return $"The tool '{plan.Tool.Name}' of '{plan.Connector.Name}' needs a credential that is not set; nothing was called. Give one of:\n- {string.Join("\n- ", ways)}";
    }

    private async ValueTask<bool> TryAsync(
        CallCredentials call, CallPlan plan, SecurityRequirement requirement, AddressPolicy? addresses, CancellationToken cancellationToken)
    {
        var found = new List<(string Name, SecurityScheme Scheme, Credential Credential)>();
        foreach (var name in requirement.Schemes.Keys)
        {
            var scheme = plan.Schemes[name];
            if (await FindAsync(plan.Connector.Name, name, cancellationToken) is not { } credential)
                return false;
            call.Own(credential);
            if (SchemeFields.Satisfied(scheme, credential) is null)
                return false;
            found.Add((name, scheme, credential));
        }
        foreach (var (name, scheme, credential) in found)
        {
            CheckOrigin(plan.Connector.Name, name, credential, plan.Origin);
            if (scheme is OAuth2Scheme oauth && credential[CredentialField.Token] is null)
                await UseTokenAsync(call, Token(plan, name, oauth, requirement.Schemes[name], credential), credential, addresses, cancellationToken);
            else
                call.Use(scheme, credential);
            CheckText(plan.Connector.Name, name, call.Uses[^1]);
        }
        return true;
    }

    private async Task UseTokenAsync(
        CallCredentials call, TokenUse use, Credential client, AddressPolicy? addresses, CancellationToken cancellationToken)
    {
        // The client's secret goes to the token endpoint, which the manifest names too.
        CheckOrigin(use.Connector, use.SchemeName, client, Origin.Of(use.TokenUrl));
        if (addresses is null)
            call.UseToken(new Secret("***"), renew: null);
        else
            call.UseToken(
                await tokens.GetAsync(use, client, addresses, refused: null, cancellationToken),
                (refused, token) => tokens.GetAsync(use, client, addresses, refused, token));
    }

    /// <summary>Which token a scheme's client is exchanged for.</summary>
    /// <exception cref="CallException">The manifest names no endpoint that can be asked.</exception>
    internal static TokenUse Token(
        CallPlan plan, string name, OAuth2Scheme scheme, IReadOnlyList<string> scopes, Credential client)
    {
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

    private async ValueTask<Credential?> FindAsync(string connector, string scheme, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            if (await source.FindAsync(connector, scheme, cancellationToken) is { } credential)
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
        var variable = CredentialName.For(connector, scheme, CredentialField.Origins);
        var bound = credential.Origins.Concat(approved.Origins.Select(entry => entry.Origin)).Distinct().ToList();
        var boundTo = bound.Count == 0 ? "no origin yet" : string.Join(", ", bound);
        throw new CallException($"The credential '{scheme}' of '{connector}' (from {credential.Source}) is not approved for {origin}; it is bound to {boundTo}. Nothing was sent. If {origin} is the right server, import the connector from its document, or set {variable}={string.Join(' ', bound.Append(origin))}");
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
