using McpRuntime.Manifests;

namespace McpRuntime.Credentials;

/// <summary>
/// The request for an access token: with a refresh token where there is one (RFC 6749 section 6), else with the
/// client's own credentials (section 4.4.2).
/// </summary>
internal static class OAuthTokenRequest
{
    /// <param name="use">Which token.</param>
    /// <param name="clientId">The client's id.</param>
    /// <param name="clientSecret">Its secret; null for a public client.</param>
    /// <param name="refresh">The refresh token to send; null for the client's own credentials.</param>
    public static HttpRequestMessage Create(TokenUse use, string clientId, Secret? clientSecret, Secret? refresh)
    {
        var form = new List<KeyValuePair<string, string>>();
        var scheme = use.Scheme;
        if (refresh is not null)
        {
            // Without a scope the new token may do what the person allowed; asking for more would be refused.
            form.Add(new("grant_type", "refresh_token"));
            form.Add(new("refresh_token", refresh.Reveal()));
        }
        else
        {
            form.Add(new("grant_type", "client_credentials"));
            if (use.Scopes.Count > 0)
                form.Add(new("scope", string.Join(' ', use.Scopes)));
        }
        if (scheme.Audience is { } audience)
            form.Add(new("audience", audience));
        foreach (var (name, value) in scheme.Extra)
            form.Add(new(name, value));
        var secret = clientSecret?.Reveal();
        var message = new HttpRequestMessage(HttpMethod.Post, use.TokenUrl);
        if (secret is not null && scheme.ClientAuthentication == ClientAuthentication.Basic)
        {
            using var pair = BasicPair.OfClient(clientId, clientSecret!);
            message.Headers.TryAddWithoutValidation("Authorization", $"Basic {pair.Reveal()}");
        }
        else
        {
            form.Add(new("client_id", clientId));
            if (secret is not null)
                form.Add(new("client_secret", secret));
        }
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        message.Content = new FormUrlEncodedContent(form);
        return message;
    }
}
