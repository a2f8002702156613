using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Http.Access;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Authentication.Issuers;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.SignInFlows;

namespace McpRuntime.Http.SignInPages;

/// <summary>What the gateway asks of an issuer as its client.</summary>
internal sealed class IssuerSignIn(
    JwtVerifier jwts,
    ResourceUrls urls,
    RuntimeSettings settings,
    GuardedHttp http,
    TimeProvider time
)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private readonly SignInFlow _flow = new(settings, http, new ApprovalStore(settings.DataFolder, time), time);

    /// <summary>Where the issuer sends browsers back to.</summary>
    public Uri RedirectUri(KnownIssuer issuer) => new($"{urls.Root}{issuer.Settings.Callback}");

    /// <exception cref="McpRuntimeException">The issuer has no page to sign in at, or cannot be reached.</exception>
    public static async Task<ProviderEndpoints> EndpointsAsync(KnownIssuer issuer, CancellationToken cancellationToken)
    {
        try
        {
            var metadata = await issuer.ReadAsync(cancellationToken);
            var methods = metadata.TokenEndpointAuthMethodsSupported;
            return new ProviderEndpoints
            {
                Connector = issuer.Settings.Name,
                Scheme = "sign-in",
                ClientId = issuer.Settings.SignIn!.Id,
                Authorization = Endpoint(metadata.AuthorizationEndpoint),
                Token = Endpoint(metadata.TokenEndpoint),
                Issuer = metadata.Issuer,
                SendsIssuer = metadata.AuthorizationResponseIssParameterSupported,
                Scopes = issuer.Settings.SignIn.Scopes,
                AuthorizationExtra = issuer.Settings.SignIn.Parameters,
                ClientAuthentication =
                    methods.Contains("client_secret_post") && !methods.Contains("client_secret_basic")
                        ? ClientAuthentication.Post
                        : ClientAuthentication.Basic,
            };
        }
        catch (InvalidOperationException exception)
        {
            throw new McpRuntimeException($"{issuer.Settings.Name} cannot be reached now; try again later.", exception);
        }

        Uri Endpoint(string? url) =>
            Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && IssuerDocuments.IsSafe(endpoint)
                ? endpoint
                : throw new McpRuntimeException(
                    $"The metadata of {issuer.Settings.Name} name no page to sign in at, or no token endpoint."
                );
    }

    /// <summary>Who signed in: the caller that the same person is with a token at <c>/mcp</c>.</summary>
    /// <param name="issuer">Where.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="query">What came back.</param>
    /// <param name="context">The request.</param>
    /// <exception cref="McpRuntimeException">No one did; without a secret.</exception>
    public async Task<Caller> CompleteAsync(
        KnownIssuer issuer,
        AuthorizationRequest request,
        string query,
        HttpContext context
    )
    {
        using var limit = new CancellationTokenSource(TimeLimit, time);
        try
        {
            using var signIn = await _flow.CompleteAsync(
                request,
                query,
                issuer.Settings.SignIn!.Secret,
                limit.Token,
                issuer.AddressesOf(request.Endpoints.Token)
            );
            // A client's access token may name the person otherwise than the ID token does, which is for this client.
            if (
                signIn.AccessToken is { } access
                && await jwts.VerifyAsync(access.Reveal(), context, context.Request.Path) is ({ } caller, _)
                && caller.Issuer == issuer.Settings
            )
                return caller;
            if (signIn.IdentityToken is not { } identity)
                throw new McpRuntimeException($"{issuer.Settings.Name} answered without an ID token.");
            var (person, fault) = await jwts.VerifyIdentityAsync(identity, issuer, context);
            return person ?? throw new McpRuntimeException(fault!);
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
            throw new McpRuntimeException($"{issuer.Settings.Name} did not answer; try again later.", exception);
        }
    }
}
