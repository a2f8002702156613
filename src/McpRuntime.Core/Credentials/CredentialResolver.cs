using McpRuntime.Approvals;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// Chooses the credentials of a call: the first requirement whose credentials are all there, and no credential at all
/// only where the API allows that and none is there. A credential goes only to the origins that it was set for.
/// </summary>
internal sealed class CredentialResolver(
    IReadOnlyList<ICredentialSource> sources,
    ApprovalStore approvals,
    OriginPolicy origins,
    OAuthTokenCache tokens,
    OpenIdDiscovery discovery,
    TimeProvider time
) : IDisposable
{
    private readonly PreparedCache _prepared = new(approvals, time);

    /// <param name="needs">What the tool needs.</param>
    /// <param name="addresses">Where token endpoints may be; null fetches no token and uses <c>***</c> instead.</param>
    /// <param name="cancellationToken">Fetching a token spends the call's own time.</param>
    /// <exception cref="CallException">A credential is missing, or is not approved for the origin.</exception>
    public ValueTask<CallCredentials> ResolveAsync(
        CredentialNeeds needs,
        AddressPolicy? addresses,
        CancellationToken cancellationToken
    )
    {
        return addresses is not null && _prepared.Find(needs) is { } known
            ? ValueTask.FromResult(known)
            : PrepareAsync(needs, addresses, cancellationToken);
    }

    /// <summary>The API refused what <see cref="ResolveAsync"/> found.</summary>
    public void Refused(CallCredentials refused)
    {
        refused.Refuse();
        var needs = refused.Needs;
        foreach (var scheme in needs.Security.SelectMany(requirement => requirement.Schemes.Keys))
        {
            foreach (var source in sources)
                source.Refused(needs.Key(scheme));
        }
    }

    public void Dispose() => _prepared.Dispose();

    /// <summary>How a user sets what a tool needs, for messages.</summary>
    public string ExplainMissing(CredentialNeeds needs) =>
        $"{needs.Label} needs a credential that is not set; nothing was sent. Set one of:\n- {Ways(needs)}";

    private string Ways(CredentialNeeds needs) =>
        string.Join(
            "\n- ",
            needs
                .Security.Where(requirement => requirement.Schemes.Count > 0)
                .Select(requirement =>
                    string.Join(" and ", requirement.Schemes.Keys.Select(name => HowToSet(needs, name)))
                )
        );

    // What a user's sign-in would give; null where no scheme is for one, or no source keeps sign-ins.
    private SignInRequiredException? SignInMissing(CredentialNeeds needs)
    {
        foreach (var name in needs.Security.SelectMany(requirement => requirement.Schemes.Keys))
        {
            if (!SchemeFields.IsForUsers(needs.Schemes[name]))
                continue;
            var key = needs.Key(name);
            foreach (var source in sources)
            {
                if (source.HowToSignIn(key) is { } how)
                    return new SignInRequiredException(
                        key,
                        $"{key.Label} needs a sign-in; nothing was sent. To sign in, {how}\n"
                            + $"Or set a credential:\n- {Ways(needs)}"
                    );
            }
        }
        return null;
    }

    private async ValueTask<CallCredentials> PrepareAsync(
        CredentialNeeds needs,
        AddressPolicy? addresses,
        CancellationToken cancellationToken
    )
    {
        var prepared = new PreparedCredentials
        {
            Needs = needs,
            Since = time.GetTimestamp(),
            Approvals = approvals.For(needs.Connector),
        };
        try
        {
            if (!await ChooseAsync(prepared, needs, addresses, cancellationToken))
                throw SignInMissing(needs) as McpRuntimeException
                    ?? new CallException(ExplainMissing(needs)) { ErrorCode = CallErrorCode.CredentialMissing };
            if (addresses is not null)
                _prepared.Keep(needs, prepared);
            return new CallCredentials(prepared);
        }
        catch
        {
            prepared.Release();
            throw;
        }
    }

    private async ValueTask<bool> ChooseAsync(
        PreparedCredentials prepared,
        CredentialNeeds needs,
        AddressPolicy? addresses,
        CancellationToken cancellationToken
    )
    {
        foreach (var requirement in needs.Security)
        {
            if (
                requirement.Schemes.Count > 0
                && await TryAsync(prepared, needs, requirement, addresses, cancellationToken)
            )
                return true;
        }
        return needs.Security.Count == 0 || needs.Security.Any(requirement => requirement.Schemes.Count == 0);
    }

    private async ValueTask<bool> TryAsync(
        PreparedCredentials prepared,
        CredentialNeeds needs,
        SecurityRequirement requirement,
        AddressPolicy? addresses,
        CancellationToken cancellationToken
    )
    {
        var whole = new List<(string Name, SecurityScheme Scheme, Credential Credential)>();
        foreach (var name in requirement.Schemes.Keys)
        {
            var scheme = needs.Schemes[name];
            var credential = await FindAsync(prepared, needs.Key(name), cancellationToken);
            if (credential is null || SchemeFields.Satisfied(scheme, credential) is null)
                return false;
            whole.Add((name, scheme, credential));
        }
        foreach (var (name, scheme, credential) in whole)
        {
            origins.Check(needs.Connector, name, credential, needs.Origin);
            prepared.NoteAccount(needs.Key(name), credential);
            if (scheme is MutualTlsScheme)
            {
                UseCertificate(prepared, needs, name, credential);
                continue;
            }
            if (credential.SignIn is { } signIn)
                await UseSignInAsync(prepared, signIn, addresses, cancellationToken);
            else if (scheme is OAuth2Scheme or OpenIdConnectScheme && credential[CredentialField.Token] is null)
                await UseTokenAsync(
                    prepared,
                    needs,
                    name,
                    requirement.Schemes[name],
                    credential,
                    addresses,
                    cancellationToken
                );
            else
                prepared.Use(scheme, credential);
            CheckText(needs.Connector, name, prepared.Uses[^1]);
        }
        return true;
    }

    private static async Task UseSignInAsync(
        PreparedCredentials prepared,
        ISignInTokens signIn,
        AddressPolicy? addresses,
        CancellationToken cancellationToken
    )
    {
        if (addresses is null)
        {
            prepared.UseToken(new FetchedToken(new Secret("***"), DateTimeOffset.MaxValue), renew: null);
            return;
        }
        var token = await signIn.GetAsync(addresses, ISignInTokens.NoneRefused, cancellationToken);
        // Of all tokens that were handed out, the last one is the one that the API refused.
        var refused = token.Generation;
        prepared.UseToken(token, async (_, ended) =>
        {
            var next = await signIn.GetAsync(addresses, Volatile.Read(ref refused), ended);
            Volatile.Write(ref refused, next.Generation);
            return next;
        });
    }

    private static void UseCertificate(
        PreparedCredentials prepared,
        CredentialNeeds needs,
        string name,
        Credential credential
    )
    {
        if (needs.Origin.Scheme != Uri.UriSchemeHttps)
            throw new CallException(
                $"The scheme '{name}' of '{needs.Connector}' is mutual_tls, but {needs.Origin} is not an "
                    + $"https server, which could request a certificate; nothing was sent. Use https in the "
                    + $"manifest's base_url."
            );
        if (prepared.Certificate is not null)
            throw new CallException(
                $"'{needs.Connector}' needs several mutual_tls schemes at once, and a connection carries one "
                    + $"certificate. Leave one of them in the manifest's security."
            );
        prepared.Certificate = ClientCertificateReader.Read(needs.Connector, name, credential);
    }

    private async Task UseTokenAsync(
        PreparedCredentials prepared,
        CredentialNeeds needs,
        string name,
        IReadOnlyList<string> scopes,
        Credential client,
        AddressPolicy? addresses,
        CancellationToken cancellationToken
    )
    {
        if (addresses is null && needs.Schemes[name] is OpenIdConnectScheme)
        {
            prepared.UseToken(new FetchedToken(new Secret("***"), DateTimeOffset.MaxValue), renew: null);
            return;
        }
        var use = await TokenAsync(needs, name, scopes, client, addresses, cancellationToken);
        // The client's secret goes to the token endpoint, which the manifest names too.
        origins.Check(use.Connector, use.SchemeName, client, Origin.Of(use.TokenUrl));
        if (addresses is null)
        {
            prepared.UseToken(new FetchedToken(new Secret("***"), DateTimeOffset.MaxValue), renew: null);
            return;
        }
        prepared.UseToken(
            await tokens.GetAsync(use, client, addresses, refused: null, cancellationToken),
            (refused, token) => tokens.GetAsync(use, client, addresses, refused, token)
        );
    }

    /// <summary>Which token a scheme's client is exchanged for.</summary>
    /// <param name="needs">What the tool needs.</param>
    /// <param name="name">An oauth2 or open_id_connect scheme.</param>
    /// <param name="scopes">Those of the requirement.</param>
    /// <param name="client">The client.</param>
    /// <param name="addresses">Where the discovery document may be; null for an oauth2 scheme.</param>
    /// <param name="cancellationToken">Reading the discovery document spends the call's own time.</param>
    /// <exception cref="CallException">Manifest or discovery document name no endpoint that can be asked.</exception>
    internal async Task<TokenUse> TokenAsync(
        CredentialNeeds needs,
        string name,
        IReadOnlyList<string> scopes,
        Credential client,
        AddressPolicy? addresses,
        CancellationToken cancellationToken
    )
    {
        if (needs.Schemes[name] is OpenIdConnectScheme discovered)
        {
            var found = await discovery.FindAsync(needs.Connector, name, discovered, addresses!, cancellationToken);
            return new TokenUse(needs.Connector, name, found.Scheme, scopes, found.TokenUrl);
        }
        var scheme = (OAuth2Scheme)needs.Schemes[name];
        var refreshes = client[CredentialField.RefreshToken] is not null;
        var address = refreshes ? scheme.RefreshUrl ?? scheme.TokenUrl : scheme.TokenUrl;
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        )
            throw new CallException(
                $"The scheme '{name}' of '{needs.Connector}' has the "
                    + $"{(refreshes && scheme.RefreshUrl is not null ? "refresh_url" : "token_url")} "
                    + $"'{address}', which is not an absolute http or https URL. Correct it in the manifest."
            );
        return new TokenUse(needs.Connector, name, scheme, scopes.Count > 0 ? scopes : scheme.Scopes, url);
    }

    // A key with a line break would end its field and begin another. The message shows nothing of it.
    private static void CheckText(string connector, string scheme, CredentialUse use)
    {
        foreach (var value in use.Value.RevealUtf8())
        {
            if (
                use.In != ArgumentLocation.Query
                && (value is < (byte)' ' or 0x7F || (value == (byte)';' && use.In == ArgumentLocation.Cookie))
            )
                throw new CallException(
                    $"The credential '{scheme}' of '{connector}' contains a line break or another character "
                        + $"that a {use.In.ToString().ToLowerInvariant()} cannot contain. Set it again without it."
                );
        }
    }

    private async ValueTask<Credential?> FindAsync(
        PreparedCredentials prepared,
        CredentialKey key,
        CancellationToken cancellationToken
    )
    {
        foreach (var source in sources)
        {
            var credential = await source.FindAsync(key, cancellationToken);
            prepared.Own(new FoundCredential(source, key, credential));
            if (credential is not null)
                return credential;
        }
        return null;
    }

    /// <summary>How a user gets what one scheme needs: by signing in, where that can be, or by setting it.</summary>
    internal string HowTo(CredentialNeeds needs, string name)
    {
        var signIn = SchemeFields.IsForUsers(needs.Schemes[name])
            ? sources.Select(source => source.HowToSignIn(needs.Key(name))).FirstOrDefault(how => how is not null)
            : null;
        return signIn is null ? HowToSet(needs, name) : $"to sign in, {signIn}. Or set {HowToSet(needs, name)}";
    }

    private string HowToSet(CredentialNeeds needs, string name)
    {
        var scheme = needs.Schemes[name];
        var alternatives = SchemeFields.Alternatives(scheme);
        if (alternatives.Count == 0)
            return $"scheme '{name}' ({SchemeFields.Describe(scheme)}), which this version cannot use";
        var ways = sources.SelectMany(source =>
            alternatives.Select(fields => source.HowToSet(needs.Key(name), fields)).OfType<string>()
        );
        return $"scheme '{name}' ({SchemeFields.Describe(scheme)}): {string.Join(", or ", ways.Distinct())}";
    }
}
