using Duende.IdentityModel.Client;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.SignInFlows;

/// <summary>The requests of a sign-in to the provider itself; the library writes and reads them.</summary>
internal sealed class ProviderClient(GuardedHttp http, TimeProvider time)
{
    public async Task<SignIn> RedeemAsync(
        AuthorizationRequest request,
        Secret code,
        Secret? clientSecret,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    )
    {
        var endpoints = request.Endpoints;
        using var redactor = Redactor.Of(endpoints.ClientId, clientSecret, code, request.Verifier);
        using var message = Prepare(new AuthorizationCodeTokenRequest(), endpoints, endpoints.Token, clientSecret);
        message.Code = code.Reveal();
        message.RedirectUri = request.RedirectUri.AbsoluteUri;
        message.CodeVerifier = request.Verifier.Reveal();
        using var invoker = Invoker(endpoints, addresses);
        using var response = await invoker.RequestAuthorizationCodeTokenAsync(message, cancellationToken);
        return response.IsError || string.IsNullOrEmpty(response.AccessToken)
            ? throw Failed(response, endpoints.Token, redactor)
            : Granted(response, endpoints, request, clientSecret);
    }

    public async Task<DeviceAuthorizationResponse> StartDeviceAsync(
        ProviderEndpoints endpoints,
        Secret? clientSecret,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    )
    {
        var page = endpoints.DeviceAuthorization
            ?? throw SignInErrorCode.Failed(
                $"The scheme '{endpoints.Scheme}' of '{endpoints.Connector}' has no device authorization URL. Sign in "
                    + "without a device code, or name it or the provider."
            );
        using var redactor = Redactor.Of(endpoints.ClientId, clientSecret);
        using var message = Prepare(new DeviceAuthorizationRequest(), endpoints, page, clientSecret);
        message.Scope = string.Join(endpoints.Preset?.ScopeSeparator ?? " ", endpoints.Scopes);
        using var invoker = Invoker(endpoints, addresses);
        var response = await invoker.RequestDeviceAuthorizationAsync(message, cancellationToken);
        return response.IsError || response.DeviceCode is null || response.UserCode is null
            ? throw Failed(response, page, redactor)
            : response;
    }

    /// <returns>The sign-in; else the error that a device may poll after: pending or slow_down.</returns>
    public async Task<(SignIn? SignIn, string? Error)> PollDeviceAsync(
        ProviderEndpoints endpoints,
        Secret deviceCode,
        Secret? clientSecret,
        AddressPolicy addresses,
        CancellationToken cancellationToken
    )
    {
        using var redactor = Redactor.Of(endpoints.ClientId, clientSecret, deviceCode);
        using var message = Prepare(new DeviceTokenRequest(), endpoints, endpoints.Token, clientSecret);
        message.DeviceCode = deviceCode.Reveal();
        using var invoker = Invoker(endpoints, addresses);
        using var response = await invoker.RequestDeviceTokenAsync(message, cancellationToken);
        if (!response.IsError && !string.IsNullOrEmpty(response.AccessToken))
            return (Granted(response, endpoints, null, clientSecret), null);
        return response.TryGet("error") is "authorization_pending" or "slow_down"
            ? (null, response.TryGet("error"))
            : throw Failed(response, endpoints.Token, redactor);
    }

    private HttpMessageInvoker Invoker(ProviderEndpoints endpoints, AddressPolicy addresses) =>
        new(new ProviderAnswers(http.For(addresses), endpoints.Preset?.TokenMember));

    private static T Prepare<T>(T request, ProviderEndpoints endpoints, Uri url, Secret? clientSecret)
        where T : ProtocolRequest
    {
        request.Address = url.AbsoluteUri;
        request.ClientId = endpoints.ClientId;
        request.ClientSecret = clientSecret?.Reveal();
        request.ClientCredentialStyle = Style(endpoints.ClientAuthentication, clientSecret);
        foreach (var (name, value) in endpoints.TokenExtra)
            request.Parameters.AddOptional(name, value);
        return request;
    }

    // A client without a secret only names itself (RFC 6749 section 3.2.1).
    internal static ClientCredentialStyle Style(ClientAuthentication authentication, Secret? secret) =>
        secret is null || authentication == ClientAuthentication.Post
            ? ClientCredentialStyle.PostBody
            : ClientCredentialStyle.AuthorizationHeader;

    private SignIn Granted(
        TokenResponse response,
        ProviderEndpoints endpoints,
        AuthorizationRequest? request,
        Secret? clientSecret
    )
    {
        if (response.TokenType is { Length: > 0 } type && !TokenEndpoint.IsBearer(type))
            throw SignInErrorCode.Failed(
                $"{Origin.Of(endpoints.Token)} returned a token of type '{UntrustedText.Clean(type)}', and only bearer "
                    + "tokens can be sent. Nothing was stored."
            );
        var now = time.GetUtcNow();
        var account = response.IdentityToken is { Length: > 0 } identity
            ? IdentityToken.Account(identity, request, endpoints, now)
            : null;
        return new SignIn
        {
            Generation = SignIn.FirstGeneration(now),
            Stamp = AuthorizationRequest.Random(),
            SignedInAt = now,
            ObtainedAt = now,
            ClientId = endpoints.ClientId,
            ClientSecret = clientSecret is null ? null : Secret.FromUtf8(clientSecret.RevealUtf8()),
            AccessToken = new Secret(response.AccessToken),
            IdentityToken = response.IdentityToken is { Length: > 0 } proof ? new Secret(proof) : null,
            ExpiresAt = response.ExpiresIn > 0 ? now.AddSeconds(response.ExpiresIn) : null,
            RefreshToken = response.RefreshToken is { Length: > 0 } refresh ? new Secret(refresh) : null,
            TokenUrl = (endpoints.Refresh ?? endpoints.Token).AbsoluteUri,
            RevocationUrl = endpoints.Revocation?.AbsoluteUri,
            Issuer = endpoints.Issuer,
            ClientAuthentication = endpoints.ClientAuthentication,
            Extra = endpoints.TokenExtra,
            // RFC 6749 section 5.1: where the response has none, what was asked for was granted.
            Scopes = string.IsNullOrWhiteSpace(response.Scope)
                ? endpoints.Scopes
                :
                [
                    .. response
                        .Scope.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
                        .Select(UntrustedText.Clean),
                ],
            Account = account,
            Provider = endpoints.Preset?.Name,
        };
    }

    internal static McpRuntimeException Failed(ProtocolResponse response, Uri url, Redactor redactor)
    {
        if (response.Exception is { } failure and not System.Text.Json.JsonException)
            return SignInErrorCode.Failed(redactor.Redact($"No sign-in: {FailureText.Of(failure, Origin.Of(url))}"));
        var json = response.Json is { ValueKind: System.Text.Json.JsonValueKind.Object };
        var error = json ? response.TryGet("error") : null;
        if (error is not null)
        {
            var denied = AuthorizationResponse.Denied(error, response.TryGet("error_description"));
            return new McpRuntimeException(redactor.Redact(denied.Message)) { ErrorCode = denied.ErrorCode };
        }
        return SignInErrorCode.Failed(
            $"{Origin.Of(url)} answered HTTP {(int)response.HttpStatusCode} with an invalid response. Nothing was "
                + "stored."
        );
    }
}
