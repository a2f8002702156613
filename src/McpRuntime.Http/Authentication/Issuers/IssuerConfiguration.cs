using McpRuntime.Http.Configuration.Issuers;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace McpRuntime.Http.Authentication.Issuers;

/// <summary>
/// The metadata and keys of one issuer, by OpenID Connect Discovery 1.0 section 4 or RFC 8414 section 3. They must name
/// the issuer that the operator trusts: else one issuer could speak for another.
/// </summary>
internal sealed class IssuerConfiguration(TrustedIssuer issuer) : IConfigurationRetriever<OpenIdConnectConfiguration>
{
    private const string OpenIdPath = "/.well-known/openid-configuration";
    private const string OAuthPath = "/.well-known/oauth-authorization-server";

    public string Address => issuer.Metadata?.AbsoluteUri ?? issuer.Url.AbsoluteUri.TrimEnd('/') + OpenIdPath;

    private string OAuthAddress => new Uri(issuer.Url, OAuthPath + issuer.Url.AbsolutePath.TrimEnd('/')).AbsoluteUri;

    /// <exception cref="IOException">There are none, or they are another issuer's.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(
        string address,
        IDocumentRetriever retriever,
        CancellationToken cancel
    )
    {
        OpenIdConnectConfiguration found;
        try
        {
            found = await OpenIdConnectConfigurationRetriever.GetAsync(address, retriever, cancel);
        }
        catch (IOException) when (issuer.Metadata is null)
        {
            found = await OpenIdConnectConfigurationRetriever.GetAsync(OAuthAddress, retriever, cancel);
        }
        return issuer.Is(found.Issuer)
            ? found
            : throw new IOException(
                $"The metadata of {issuer.Url} name another issuer, '{Diagnostics.UntrustedText.Clean(found.Issuer)}'. "
                    + "Name the issuer as its metadata do, and where those are elsewhere, 'metadata' in "
                    + "MCP_RUNTIME_ISSUERS_FILE."
            );
    }
}
