using McpRuntime.Credentials;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.SignInFlows;

/// <summary>
/// Finds where a user signs in: what the user says counts before the manifest, that before the preset of the provider,
/// and that before the provider's metadata.
/// </summary>
internal sealed class EndpointResolver(GuardedHttp http)
{
    // OpenID Connect Core 1.0 sections 3.1.2.1 and 11: the account is named, and a refresh token is given.
    private const string OpenIdScope = "openid";
    private const string OfflineScope = "offline_access";

    public async Task<ProviderEndpoints> ResolveAsync(
        SignInRequest request,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    )
    {
        var (name, scheme) = Choose(request.Connector, request.Scheme);
        var oauth = scheme as OAuth2Scheme;
        var settings = SettingsOf(scheme);
        var client = request.ClientId
            ?? settings.ClientId
            ?? throw SignInErrorCode.Failed(
                $"A client id is needed to sign in to '{request.Connector.Name}': register a client with the "
                    + "provider and name its id."
            );
        var provider = request.Provider ?? settings.Provider;
        var preset = provider is not null
            ? ProviderPreset.Named(provider)
            : ProviderPreset.At(request.AuthorizationUrl ?? oauth?.AuthorizationUrl);
        if (oauth is not null && preset is not null)
            oauth = oauth with
            {
                AuthorizationUrl = Current(oauth.AuthorizationUrl, preset),
                TokenUrl = Current(oauth.TokenUrl, preset),
            };
        var known = new ProviderMetadata(request.Issuer ?? settings.Issuer ?? preset?.Issuer ?? "")
        {
            AuthorizationUrl = request.AuthorizationUrl ?? oauth?.AuthorizationUrl ?? preset?.AuthorizationUrl,
            TokenUrl = request.TokenUrl ?? oauth?.TokenUrl ?? preset?.TokenUrl,
            DeviceAuthorizationUrl = request.DeviceAuthorizationUrl
                ?? oauth?.DeviceAuthorizationUrl
                ?? preset?.DeviceAuthorizationUrl,
            RevocationUrl = (request.RevocationUrl ?? settings.RevocationUrl ?? preset?.RevocationUrl)?.Replace(
                "{client_id}",
                Uri.EscapeDataString(client),
                StringComparison.Ordinal
            ),
        };
        var found = await DiscoverAsync(request, scheme, settings, known, addresses, cancellationToken);
        // As the metadata spell it, which ID tokens and responses repeat to the letter.
        var issuer =
            known.Issuer.Length == 0 || found?.Issuer.TrimEnd('/') == known.Issuer.TrimEnd('/')
                ? found?.Issuer
                : known.Issuer;
        return new ProviderEndpoints
        {
            Connector = request.Connector.Name,
            Scheme = name,
            ClientId = client,
            Authorization = Optional(known.AuthorizationUrl ?? found?.AuthorizationUrl, "authorization URL"),
            Token = ProviderUrl.Read(
                known.TokenUrl ?? found?.TokenUrl ?? throw Missing(request, name, "token URL"),
                "token URL"
            ),
            Refresh = request.TokenUrl is null ? Optional(Refresh(oauth, known, preset), "refresh URL") : null,
            DeviceAuthorization = Optional(
                known.DeviceAuthorizationUrl ?? found?.DeviceAuthorizationUrl,
                "device authorization URL"
            ),
            Revocation = Optional(known.RevocationUrl ?? found?.RevocationUrl, "revocation URL"),
            Issuer = issuer,
            SendsIssuer = found?.SendsIssuer ?? false,
            Scopes = Scopes(request, name, oauth, preset, found),
            RedirectUri = Redirect(request.RedirectUri?.ToString() ?? settings.RedirectUri ?? preset?.RedirectUri),
            ClientAuthentication =
                found is { OnlyInForm: true } || oauth?.ClientAuthentication == ClientAuthentication.Post
                    ? ClientAuthentication.Post
                    : preset?.ClientAuthentication ?? ClientAuthentication.Basic,
            Preset = preset,
            AuthorizationExtra = Merged(preset?.AuthorizationExtra, settings.AuthorizationExtra, oauth?.Audience),
            TokenExtra = Merged(null, oauth?.Extra, oauth?.Audience),
        };
    }

    private async Task<ProviderMetadata?> DiscoverAsync(
        SignInRequest request,
        SecurityScheme scheme,
        SignInSettings settings,
        ProviderMetadata known,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    )
    {
        var isComplete =
            known.TokenUrl is not null
            && (request.UsesDeviceCode ? known.DeviceAuthorizationUrl : known.AuthorizationUrl) is not null;
        if ((request.Issuer ?? settings.Issuer) is { } issuer)
            return await ProviderMetadata.ReadAsync(http, addresses, issuer, cancellationToken);
        if (scheme is OpenIdConnectScheme discovered)
            return await ProviderMetadata.ReadAtAsync(http, addresses, discovered.Url, cancellationToken);
        return isComplete || known.Issuer.Length == 0
            ? null
            : await ProviderMetadata.ReadAsync(http, addresses, known.Issuer, cancellationToken);
    }

    /// <summary>What the manifest says of sign-ins to a scheme that <see cref="Choose"/> gave.</summary>
    public static SignInSettings SettingsOf(SecurityScheme scheme) =>
        (scheme as OAuth2Scheme)?.SignIn ?? ((OpenIdConnectScheme)scheme).SignIn;

    public static (string Name, SecurityScheme Scheme) Choose(ConnectorManifest connector, string? wanted)
    {
        var schemes = connector.SecuritySchemes;
        var able = schemes.Where(entry => entry.Value is OAuth2Scheme or OpenIdConnectScheme).ToList();
        if (wanted is { } name)
        {
            return able.Find(entry => entry.Key == name) is { Key: not null } chosen
                ? (chosen.Key, chosen.Value)
                : throw SignInErrorCode.Failed(
                    $"'{UntrustedText.Clean(name)}' is not an oauth2 or open_id_connect scheme of "
                        + $"'{connector.Name}'. {Names(able)}"
                );
        }
        var forUsers = able.Where(entry => entry.Value is not OAuth2Scheme oauth || IsForUsers(oauth)).ToList();
        return forUsers switch
        {
            [var only] => (only.Key, only.Value),
            [] when able is [var last] => (last.Key, last.Value),
            [] => throw SignInErrorCode.Failed(
                $"'{connector.Name}' has no scheme that a user signs in to; set its credential instead."
            ),
            _ => throw SignInErrorCode.Failed(
                $"'{connector.Name}' has several schemes that a user signs in to. Choose one. {Names(forUsers)}"
            ),
        };
    }

    private static bool IsForUsers(OAuth2Scheme scheme) =>
        scheme.Flows.Count == 0
        || scheme.Flows.Any(flow =>
            flow is OAuth2Flow.AuthorizationCode or OAuth2Flow.DeviceAuthorization or OAuth2Flow.Implicit
        );

    private static string Names(List<KeyValuePair<string, SecurityScheme>> schemes) =>
        schemes.Count == 0 ? "It has none." : $"It has {string.Join(", ", schemes.Select(entry => $"'{entry.Key}'"))}.";

    private static List<string> Scopes(
        SignInRequest request,
        string name,
        OAuth2Scheme? oauth,
        ProviderPreset? preset,
        ProviderMetadata? found
    )
    {
        IEnumerable<string> wanted = request.Scopes;
        if (request.Scopes.Count == 0)
        {
            wanted = NeededScopes.Of(request.Connector, name, oauth?.Scopes ?? []);
            if (oauth is null)
                wanted =
                [
                    OpenIdScope,
                    .. found is { GivesOfflineAccess: true } ? [OfflineScope] : (string[])[],
                    .. wanted,
                ];
        }
        return [.. wanted.Concat(preset?.Scopes ?? []).Distinct(StringComparer.Ordinal)];
    }

    private static Dictionary<string, string> Merged(
        IReadOnlyDictionary<string, string>? first,
        IReadOnlyDictionary<string, string>? second,
        string? audience
    )
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in (first ?? all).Concat(second ?? all).ToList())
            all[name] = value;
        if (audience is not null)
            all["audience"] = audience;
        return all;
    }

    private static string? Refresh(OAuth2Scheme? oauth, ProviderMetadata known, ProviderPreset? preset) =>
        oauth?.RefreshUrl ?? (known.TokenUrl == preset?.TokenUrl ? preset?.RefreshUrl : null);

    private static string? Current(string? url, ProviderPreset preset) =>
        url is not null && preset.Supersedes.Contains(url, StringComparer.Ordinal) ? null : url;

    private static Uri? Optional(string? url, string what) => url is null ? null : ProviderUrl.Read(url, what);

    private static Uri? Redirect(string? text)
    {
        if (text is null)
            return null;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme != Uri.UriSchemeHttp
            || url.Host is not ("localhost" or "127.0.0.1")
            || url.Query.Length > 0
            || url.Fragment.Length > 0
            || url.UserInfo.Length > 0
        )
            throw SignInErrorCode.Failed(
                $"The redirect URI '{UntrustedText.Clean(text)}' is not http://127.0.0.1 or http://localhost with "
                    + "a path, and only those reach this program."
            );
        return url;
    }

    private static McpRuntimeException Missing(SignInRequest request, string scheme, string what) =>
        SignInErrorCode.Failed(
            $"The scheme '{scheme}' of '{request.Connector.Name}' has no {what}. Name it, the provider or its issuer."
        );
}
