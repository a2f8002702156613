using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Duende.IdentityModel.Client;
using McpRuntime.Credentials;

namespace McpRuntime.SignInFlows;

/// <summary>
/// One authorization request: with PKCE (RFC 7636), a state of its own and, for OpenID Connect, a nonce. Disposing
/// clears its secrets.
/// </summary>
public sealed class AuthorizationRequest : IDisposable
{
    private AuthorizationRequest(ProviderEndpoints endpoints, Uri redirect)
    {
        (Endpoints, RedirectUri) = (endpoints, redirect);
    }

    public ProviderEndpoints Endpoints { get; }

    public Uri RedirectUri { get; }

    /// <summary>The user's browser goes here. It has the state and the challenge: for the browser alone.</summary>
    public required Uri Url { get; init; }

    /// <summary>What the provider sends back with the code.</summary>
    public required Secret State { get; init; }

    internal Secret Verifier { get; private init; } = null!;

    internal Secret? Nonce { get; init; }

    /// <exception cref="McpRuntimeException">The provider has no page to send a browser to.</exception>
    public static AuthorizationRequest Begin(ProviderEndpoints endpoints, Uri redirect)
    {
        if (endpoints.Authorization is not { } page)
            throw SignInErrorCode.Failed(
                $"The scheme '{endpoints.Scheme}' of '{endpoints.Connector}' has no authorization URL. Name it, the "
                    + "provider or its issuer, or use a device code."
            );
        var (state, verifier) = (Random(), Random());
        var nonce = endpoints.Scopes.Contains("openid") ? Random() : null;
        var extra = new Parameters(endpoints.AuthorizationExtra);
        var scopes = string.Join(endpoints.Preset?.ScopeSeparator ?? " ", endpoints.Scopes);
        var parameter = endpoints.Preset?.ScopeParameter ?? "scope";
        if (parameter != "scope")
            extra.AddOptional(parameter, scopes);
        var url = new RequestUrl(page.AbsoluteUri).CreateAuthorizeUrl(
            endpoints.ClientId,
            responseType: "code",
            scope: parameter == "scope" ? scopes : null,
            redirectUri: redirect.AbsoluteUri,
            state: state,
            nonce: nonce,
            codeChallenge: Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            codeChallengeMethod: "S256",
            extra: extra
        );
        return new AuthorizationRequest(endpoints, redirect)
        {
            Url = new Uri(url),
            State = new Secret(state),
            Verifier = new Secret(verifier),
            Nonce = nonce is null ? null : new Secret(nonce),
        };
    }

    /// <summary>
    /// What a later process needs to go on: state, verifier and nonce. For a place that only this user's browser and
    /// the server can read.
    /// </summary>
    /// <returns>To be disposed; for <see cref="Resume"/>.</returns>
    public Secret Keep() => new($"{State.Reveal()} {Verifier.Reveal()} {Nonce?.Reveal()}");

    /// <summary>The request that was kept.</summary>
    /// <param name="endpoints">Those of <see cref="Begin"/>.</param>
    /// <param name="redirect">That of <see cref="Begin"/>.</param>
    /// <param name="kept">Of <see cref="Keep"/>; not disposed.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static AuthorizationRequest Resume(ProviderEndpoints endpoints, Uri redirect, Secret kept)
    {
        var parts = kept.Reveal().Split(' ');
        return parts.Length != 3
            ? throw new FormatException("This is not a request that was kept.")
            : new AuthorizationRequest(endpoints, redirect)
            {
                Url = endpoints.Authorization!,
                State = new Secret(parts[0]),
                Verifier = new Secret(parts[1]),
                Nonce = parts[2].Length == 0 ? null : new Secret(parts[2]),
            };
    }

    /// <summary>Whether what came to the redirect URI is an answer to this request.</summary>
    /// <param name="query">Text of anyone.</param>
    public bool IsAnsweredBy(string query) => HasState(query, State);

    /// <summary>As <see cref="IsAnsweredBy"/>, of a request that was kept.</summary>
    /// <param name="kept">Of <see cref="Keep"/>; not disposed.</param>
    /// <param name="query">Text of anyone.</param>
    public static bool IsAnswerTo(Secret kept, string query)
    {
        using var state = new Secret(kept.Reveal().Split(' ')[0]);
        return HasState(query, state);
    }

    public void Dispose()
    {
        State.Dispose();
        Verifier.Dispose();
        Nonce?.Dispose();
    }

    /// <summary>Says where it goes and nothing of what it holds.</summary>
    public override string ToString() => $"*** (authorization request of '{Endpoints.Connector}')";

    private static bool HasState(string query, Secret expected) =>
        AuthorizationResponse.Parse(query)?.GetValueOrDefault("state") is { } state && expected.Is(state);

    internal static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
