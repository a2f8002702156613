using McpRuntime.Manifests;

namespace McpRuntime.Credentials;

/// <summary>What each security scheme needs, and how it is sent.</summary>
public static class SchemeFields
{
    private static readonly CredentialField[] Value = [CredentialField.Value];
    private static readonly CredentialField[] Token = [CredentialField.Token];
    private static readonly CredentialField[] Client = [CredentialField.ClientId, CredentialField.ClientSecret];
    private static readonly CredentialField[] Refresh = [CredentialField.ClientId, CredentialField.RefreshToken];
    private static readonly CredentialField[] CertificateAndKey =
    [
        CredentialField.Certificate,
        CredentialField.PrivateKey,
    ];
    private static readonly CredentialField[] Pkcs12 = [CredentialField.Pkcs12];
    private static readonly CredentialField[] UserAndPassword = [CredentialField.Username, CredentialField.Password];

    /// <summary>The sets of fields of which any one is enough; none for a scheme that cannot be used.</summary>
    public static IReadOnlyList<CredentialField[]> Alternatives(SecurityScheme scheme) =>
        scheme switch
        {
            ApiKeyScheme or HttpScheme => [Value],
            BasicScheme => [UserAndPassword],
            BearerScheme => [Token],
            OpenIdConnectScheme => [Token, Refresh],
            OAuth2Scheme oauth => OfOAuth2(oauth),
            MutualTlsScheme => [CertificateAndKey, Pkcs12],
            _ => [],
        };

    /// <summary>The first set that a credential has whole; null when it has none.</summary>
    public static CredentialField[]? Satisfied(SecurityScheme scheme, Credential credential)
    {
        if (credential.SignIn is not null)
            return scheme is OAuth2Scheme or OpenIdConnectScheme or BearerScheme ? Token : null;
        // The key may be behind its certificate, in one text.
        if (scheme is MutualTlsScheme && credential[CredentialField.Certificate] is { IsEmpty: false })
            return CertificateAndKey;
        foreach (var fields in Alternatives(scheme))
        {
            if (
                Array.TrueForAll(fields, needed =>
                    credential[needed] is { } secret && (needed == CredentialField.Password || !secret.IsEmpty)
                )
            )
                return fields;
        }
        return null;
    }

    /// <summary>A user can sign in for it: it has a flow with a user's consent.</summary>
    public static bool IsForUsers(SecurityScheme scheme) =>
        scheme switch
        {
            OpenIdConnectScheme => true,
            OAuth2Scheme oauth => oauth.AuthorizationUrl is not null
                || oauth.DeviceAuthorizationUrl is not null
                || oauth.Flows.Any(flow => flow != OAuth2Flow.ClientCredentials),
            _ => false,
        };

    /// <summary>A scheme in words, e.g. <c>api_key in header 'X-Key'</c>.</summary>
    public static string Describe(SecurityScheme scheme) =>
        scheme switch
        {
            ApiKeyScheme key => $"api_key in {key.Location.ToString().ToLowerInvariant()} '{key.KeyName}'",
            BasicScheme => "basic",
            BearerScheme => "bearer token",
            HttpScheme http => $"http authentication '{http.Scheme}'",
            OAuth2Scheme => "oauth2",
            OpenIdConnectScheme => "open_id_connect",
            _ => "mutual_tls",
        };

    // A client without a secret is a public one (RFC 6749 section 2.1); where there is a secret, it is sent too.
    private static CredentialField[][] OfOAuth2(OAuth2Scheme scheme)
    {
        if (HasClientCredentials(scheme))
            return [Token, Client, Refresh];
        return scheme.TokenUrl is null && scheme.RefreshUrl is null ? [Token] : [Token, Refresh];
    }

    private static bool HasClientCredentials(OAuth2Scheme scheme) =>
        scheme.TokenUrl is not null && (scheme.Flows.Count == 0 || scheme.Flows.Contains(OAuth2Flow.ClientCredentials));
}
