using System.Text;
using McpRuntime.Calls;
using McpRuntime.Calls.Serialization;
using McpRuntime.Manifests;

namespace McpRuntime.Credentials;

/// <summary>The request of the client credentials grant (RFC 6749 section 4.4.2).</summary>
internal static class TokenRequest
{
    public static HttpRequestMessage Create(OAuth2Scheme scheme, IReadOnlyList<string> scopes, Credential client, Uri tokenUrl)
    {
        var form = new StringBuilder();
        var writer = new QueryWriter(form, isForm: true);
        writer.AppendPair("grant_type", "client_credentials", UrlSet.Form);
        if (scopes.Count > 0)
            writer.AppendPair("scope", string.Join(' ', scopes), UrlSet.Form);
        if (scheme.Audience is { } audience)
            writer.AppendPair("audience", audience, UrlSet.Form);
        foreach (var (name, value) in scheme.Extra)
            writer.AppendPair(name, value, UrlSet.Form);
        var id = client[CredentialField.ClientId]!.Reveal();
        var secret = client[CredentialField.ClientSecret]!.Reveal();
        var message = new HttpRequestMessage(HttpMethod.Post, tokenUrl);
        if (scheme.ClientAuthentication == ClientAuthentication.Basic)
        {
            // RFC 6749 section 2.3.1: both are form-encoded first, so that a colon in the id does no harm.
            var pair = $"{UrlText.Encode(id, UrlSet.Form)}:{UrlText.Encode(secret, UrlSet.Form)}";
            message.Headers.TryAddWithoutValidation("Authorization", $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(pair))}");
        }
        else
        {
            writer.AppendPair("client_id", id, UrlSet.Form);
            writer.AppendPair("client_secret", secret, UrlSet.Form);
        }
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        message.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(form.ToString()));
        message.Content.Headers.TryAddWithoutValidation("Content-Type", MediaTypes.Form);
        return message;
    }
}
