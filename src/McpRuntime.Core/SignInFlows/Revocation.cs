using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Duende.IdentityModel.Client;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Diagnostics;
using McpRuntime.Network;

namespace McpRuntime.SignInFlows;

/// <summary>How a provider is told that a sign-in has ended.</summary>
internal enum RevocationWay
{
    /// <summary>RFC 7009: of the refresh token where there is one; the provider ends its access tokens too.</summary>
    Standard,

    /// <summary>DELETE with the client's id and secret, and the access token in a JSON body: GitHub.</summary>
    Client,

    /// <summary>POST with the access token as the credential, and <c>ok</c> in the answer: Slack.</summary>
    Bearer,
}

/// <summary>Ends sign-ins at their provider.</summary>
internal sealed class Revocation(GuardedHttp http)
{
    /// <summary>Does nothing where the provider has no endpoint for it.</summary>
    /// <exception cref="McpRuntimeException">It could not be asked, or refused.</exception>
    public async Task RunAsync(SignIn signIn, AddressPolicy addresses, CancellationToken cancellationToken)
    {
        var way = signIn.Provider is { } provider ? ProviderPreset.Find(provider)?.RevocationWay ?? default : default;
        var token = way == RevocationWay.Standard ? signIn.RefreshToken ?? signIn.AccessToken : signIn.AccessToken;
        if (signIn.RevocationUrl is null || token is null)
            return;
        var url = ProviderUrl.Read(signIn.RevocationUrl, "revocation URL");
        using var redactor = Redactor.Of(signIn.ClientId, signIn.ClientSecret, token);
        using var invoker = new HttpMessageInvoker(new ProviderAnswers(http.For(addresses), null));
        if (way == RevocationWay.Standard)
            await AskAsync(invoker, signIn, token, url, redactor, cancellationToken);
        else
            await AskOtherwiseAsync(invoker, signIn, token, url, way, redactor, cancellationToken);
    }

    private static async Task AskAsync(
        HttpMessageInvoker invoker,
        SignIn signIn,
        Secret token,
        Uri url,
        Redactor redactor,
        CancellationToken cancellationToken
    )
    {
        using var message = new TokenRevocationRequest
        {
            Address = url.AbsoluteUri,
            ClientId = signIn.ClientId,
            ClientSecret = signIn.ClientSecret?.Reveal(),
            ClientCredentialStyle = ProviderClient.Style(signIn.ClientAuthentication, signIn.ClientSecret),
            Token = token.Reveal(),
            TokenTypeHint = signIn.RefreshToken is null ? "access_token" : "refresh_token",
        };
        using var response = await invoker.RevokeTokenAsync(message, cancellationToken);
        if (response.IsError)
            throw ProviderClient.Failed(response, url, redactor);
    }

    private static async Task AskOtherwiseAsync(
        HttpMessageInvoker invoker,
        SignIn signIn,
        Secret token,
        Uri url,
        RevocationWay way,
        Redactor redactor,
        CancellationToken cancellationToken
    )
    {
        using var message =
            way == RevocationWay.Bearer ? OfUser(url, token)
            : signIn.ClientSecret is { } secret ? OfClient(url, signIn.ClientId, secret, token)
            : throw SignInErrorCode.Failed("It is revoked with the client's secret, and this sign-in has none.");
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("McpRuntime", null));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await invoker.SendAsync(message, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!response.IsSuccessStatusCode || ErrorOf(body) is not null)
                throw SignInErrorCode.Failed(
                    redactor.Redact(
                        $"{Origin.Of(url)} answered HTTP {(int)response.StatusCode}"
                            + $"{(ErrorOf(body) is { } error ? $" ({error})" : "")} and did not revoke it."
                    )
                );
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or InvalidDataException or AddressRefusedException)
        {
            throw SignInErrorCode.Failed(redactor.Redact(FailureText.Of(failure, Origin.Of(url))));
        }
    }

    private static HttpRequestMessage OfUser(Uri url, Secret token) =>
        new(HttpMethod.Post, url) { Headers = { Authorization = new("Bearer", token.Reveal()) } };

    private static HttpRequestMessage OfClient(Uri url, string client, Secret secret, Secret token)
    {
        var content = new ByteArrayContent(
            JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["access_token"] = token.Reveal() })
        );
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret.Reveal()}"));
        return new HttpRequestMessage(HttpMethod.Delete, url)
        {
            Content = content,
            Headers = { Authorization = new("Basic", pair) },
        };
    }

    // Slack answers 200 to what it refuses.
    private static string? ErrorOf(byte[] body)
    {
        if (body.Length == 0)
            return null;
        using var json = JsonDocument.Parse(body);
        return
            json.RootElement.TryGetProperty("ok", out var isOk)
            && isOk.ValueKind == JsonValueKind.False
            && json.RootElement.TryGetProperty("error", out var error)
            ? UntrustedText.Shorten(UntrustedText.Clean(error.ToString()), 100)
            : null;
    }
}
