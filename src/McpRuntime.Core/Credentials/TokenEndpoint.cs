using System.Globalization;
using System.Text.Json;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// Asks a token endpoint for an access token. Redirects are not followed: they would carry the client's secret
/// elsewhere.
/// </summary>
internal sealed class TokenEndpoint(GuardedHttp http)
{
    private const int MaxAnswerBytes = 64 * 1024;

    private static readonly CredentialField[] ClientFields =
    [
        CredentialField.ClientId,
        CredentialField.ClientSecret,
        CredentialField.RefreshToken,
    ];

    /// <returns>The token, for the caller to dispose.</returns>
    /// <exception cref="CallException">The endpoint gave none; the message holds no secret.</exception>
    public async Task<TokenGrant> FetchAsync(
        TokenUse use,
        Credential client,
        Secret? refresh,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await SendAsync(
                use,
                client[CredentialField.ClientId]!.Reveal(),
                client[CredentialField.ClientSecret],
                refresh,
                addresses,
                cancellationToken
            );
        }
        catch (TokenRefusedException refused)
        {
            throw Refuse(use, $"it answered {refused.Message}");
        }
    }

    /// <summary>Renews the tokens of a sign-in.</summary>
    /// <returns>The tokens, for the caller to dispose.</returns>
    /// <exception cref="TokenRefusedException">The refresh token is no longer good.</exception>
    /// <exception cref="CallException">The endpoint gave none for another reason.</exception>
    public Task<TokenGrant> RenewAsync(
        TokenUse use,
        SignIn signIn,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    ) => SendAsync(use, signIn.ClientId, signIn.ClientSecret, signIn.RefreshToken, addresses, cancellationToken);

    private async Task<TokenGrant> SendAsync(
        TokenUse use,
        string clientId,
        Secret? clientSecret,
        Secret? refresh,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    )
    {
        using var redactor = Redactor.Of(clientId, clientSecret, refresh);
        try
        {
            using var request = OAuthTokenRequest.Create(use, clientId, clientSecret, refresh);
            using var response = await http.For(addresses).SendAsync(request, cancellationToken);
            var (body, _) = await BoundedBody.ReadAsync(response.Content, MaxAnswerBytes, cancellationToken);
            return Read((int)response.StatusCode, body, use);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or InvalidDataException or AddressRefusedException)
        {
            throw new CallException(
                $"No token for '{use.SchemeName}' of '{use.Connector}': "
                    + $"{redactor.Redact(FailureText.Of(failure, Origin.Of(use.TokenUrl)))}"
            );
        }
        catch (TokenRefusedException refused)
        {
            throw new TokenRefusedException(redactor.Redact(refused.Message));
        }
        catch (CallException refused)
        {
            throw new CallException(redactor.Redact(refused.Message));
        }
    }

    private static TokenGrant Read(int status, ReadOnlyMemory<byte> body, TokenUse use)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (
                status is >= 200 and < 300
                && root.TryGetProperty("access_token", out var token)
                && token.GetString() is { Length: > 0 } text
            )
            {
                if (root.TryGetProperty("token_type", out var type) && !IsBearer(type.GetString()))
                    throw Refuse(
                        use,
                        $"it returned a token of type '{UntrustedText.Clean(type.GetString())}', and only "
                            + $"bearer tokens can be sent"
                    );
                return new TokenGrant(new Secret(text), Lifetime(root), NextRefresh(root));
            }
            var words = UntrustedText.Shorten(ProblemText.Read(root).Replace('\n', ' '), 300);
            var answer = $"HTTP {status}{(words.Length == 0 ? "" : $": {words}")}";
            throw IsRefusal(root) ? new TokenRefusedException(answer) : Refuse(use, $"it answered {answer}");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Refuse(use, $"it answered HTTP {status} with an invalid token response");
        }
    }

    private static Secret? NextRefresh(JsonElement root) =>
        root.TryGetProperty("refresh_token", out var next) && next.GetString() is { Length: > 0 } text
            ? new Secret(text)
            : null;

    /// <summary>Slack calls a bearer token by whose it is.</summary>
    public static bool IsBearer(string? type) =>
        string.Equals(type, "bearer", StringComparison.OrdinalIgnoreCase) || type is "user" or "bot";

    // Some servers write the number as a string.
    private static TimeSpan? Lifetime(JsonElement root) =>
        root.TryGetProperty("expires_in", out var expires)
        && double.TryParse(expires.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : null;

    // RFC 6749 section 5.2, and the words of GitHub and Slack, which answer 200.
    private static bool IsRefusal(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("error", out var error)
        && error.ValueKind == JsonValueKind.String
        && error.GetString() is "invalid_grant" or "bad_refresh_token" or "invalid_refresh_token" or "token_revoked";

    private static CallException Refuse(TokenUse use, string what) =>
        new(
            $"The token endpoint {Origin.Of(use.TokenUrl)} returned no token for '{use.SchemeName}' of "
                + $"'{use.Connector}': {what}. Check the client's id, secret and refresh token, and the scopes "
                + $"({NamedFields.Names(use.Connector, use.SchemeName, ClientFields)})."
        );
}

/// <summary>Which token is needed.</summary>
internal sealed record TokenUse(
    string Connector,
    string SchemeName,
    OAuth2Scheme Scheme,
    IReadOnlyList<string> Scopes,
    Uri TokenUrl
);

/// <summary>What a token endpoint gave.</summary>
/// <param name="Token">The access token.</param>
/// <param name="Lifetime">How long it is good; null where the endpoint did not say.</param>
/// <param name="Refresh">The refresh token to use from now on; null where the one that was sent stays good.</param>
internal sealed record TokenGrant(Secret Token, TimeSpan? Lifetime, Secret? Refresh);

/// <summary>A token endpoint no longer takes the refresh token; the message is what it said.</summary>
internal sealed class TokenRefusedException(string message) : McpRuntimeException(message);
