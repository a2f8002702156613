using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.SignInFlows;

/// <summary>Signs a user in to a connector's provider. It stores nothing but approvals.</summary>
/// <param name="settings">Networks that may be reached.</param>
/// <param name="http">The connections; not disposed here.</param>
/// <param name="approvals">The origins that the user approved.</param>
/// <param name="time">The clock.</param>
public sealed class SignInFlow(RuntimeSettings settings, GuardedHttp http, ApprovalStore approvals, TimeProvider time)
{
    private static readonly TimeSpan SlowDown = TimeSpan.FromSeconds(5);

    private readonly ConnectorAddresses _addresses = new(settings, approvals);
    private readonly ProviderClient _client = new(http, time);
    private readonly Revocation _revocation = new(http);

    /// <summary>Names of the providers that are known, see <see cref="SignInRequest.Provider"/>; sorted.</summary>
    public static IEnumerable<string> ProviderNames => ProviderPreset.Names;

    /// <summary>From the question whether origins are approved to the tokens.</summary>
    /// <returns>For the caller to store and dispose.</returns>
    /// <exception cref="McpRuntimeException">
    /// There is none; see <see cref="SignInErrorCode"/>. The message has no secret.
    /// </exception>
    public async Task<SignIn> RunAsync(SignInRequest request, ISignInUser user, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(request.TimeLimit, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var endpoints = await ResolveAsync(request, ended.Token);
            await ApproveAsync(request.Connector, endpoints, user, ended.Token);
            var asked =
                request.ClientSecret is null
                && endpoints.Preset is { } preset
                && (request.UsesDeviceCode ? preset.DeviceCodeNeedsClientSecret : preset.NeedsClientSecret)
                    ? await user.AskClientSecretAsync(ended.Token)
                    : null;
            using (asked)
            {
                var secret = request.ClientSecret ?? asked;
                return request.UsesDeviceCode
                    ? await RunDeviceAsync(endpoints, secret, user, ended.Token)
                    : await RunBrowserAsync(endpoints, secret, user, ended.Token);
            }
        }
        catch (OperationCanceledException)
            when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new McpRuntimeException(
                $"The sign-in to '{request.Connector.Name}' was not finished within "
                    + $"{request.TimeLimit.TotalSeconds:0} s. Nothing was stored. Try again, or use a device "
                    + "code where no browser can reach this machine."
            )
            {
                ErrorCode = SignInErrorCode.SignInTimedOut,
            };
        }
    }

    /// <summary>The scheme that a user signs in to.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="scheme">The user's choice; null where only one can be meant.</param>
    /// <exception cref="McpRuntimeException">There is none, or the user has to choose.</exception>
    public static string SchemeOf(ConnectorManifest connector, string? scheme) =>
        EndpointResolver.Choose(connector, scheme).Name;

    /// <summary>Whether the manifest has the client id of a scheme.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="scheme">An oauth2 or open_id_connect scheme.</param>
    public static bool NamesClient(ConnectorManifest connector, string scheme) =>
        EndpointResolver.SettingsOf(EndpointResolver.Choose(connector, scheme).Scheme).ClientId is not null;

    /// <summary>Where a user signs in.</summary>
    /// <param name="request">Which sign-in.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="addresses">Where endpoints may be; null for those of the connector.</param>
    public Task<ProviderEndpoints> ResolveAsync(
        SignInRequest request,
        CancellationToken cancellationToken,
        AddressPolicy? addresses = null
    ) =>
        new EndpointResolver(http).ResolveAsync(
            request,
            addresses ?? _addresses.For(request.Connector.Name),
            cancellationToken
        );

    /// <summary>Exchanges the answer to a request for tokens.</summary>
    /// <param name="request">From <see cref="AuthorizationRequest.Begin"/>; good for one answer.</param>
    /// <param name="query">The query that came to the redirect URI.</param>
    /// <param name="clientSecret">Null for a public client.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="addresses">Where the token endpoint may be; null for those of the connector.</param>
    public async Task<SignIn> CompleteAsync(
        AuthorizationRequest request,
        string query,
        Secret? clientSecret,
        CancellationToken cancellationToken,
        AddressPolicy? addresses = null
    )
    {
        using var code = AuthorizationResponse.Code(request, query);
        return await _client.RedeemAsync(
            request,
            code,
            clientSecret,
            addresses ?? _addresses.For(request.Endpoints.Connector),
            cancellationToken
        );
    }

    /// <summary>
    /// Ends a sign-in at its provider (RFC 7009, or as its preset says); does nothing where that has no endpoint for
    /// it.
    /// </summary>
    /// <exception cref="McpRuntimeException">The provider could not be asked, or refused.</exception>
    public Task RevokeAsync(
        string connector,
        SignIn signIn,
        CancellationToken cancellationToken,
        AddressPolicy? addresses = null
    ) => _revocation.RunAsync(signIn, addresses ?? _addresses.For(connector), cancellationToken);

    // A document names its endpoints, and is not trusted with the user's password page.
    private async Task ApproveAsync(
        ConnectorManifest connector,
        ProviderEndpoints endpoints,
        ISignInUser user,
        CancellationToken cancellationToken
    )
    {
        var approved = approvals.Now(endpoints.Connector);
        var providers = endpoints.Origins.Where(origin => !approved.Allows(origin)).ToList();
        // Where some are approved, others came with a later document, which may have changed hands: an import asks.
        var servers = approved.Origins.Count > 0 ? [] : ServersOf(connector, endpoints).Except(providers).ToList();
        List<Origin> unknown = [.. providers, .. servers];
        if (unknown.Count == 0)
            return;
        var question =
            $"Signing in to '{endpoints.Connector}' opens pages and gets tokens of {string.Join(", ", providers)}"
            + $"{(servers.Count == 0 ? "" : $", and sends them to {string.Join(", ", servers)}")}. "
            + "Is that the right provider?";
        if (!await user.ApproveAsync(unknown, question, cancellationToken))
            throw new McpRuntimeException(
                $"{string.Join(", ", unknown)} was not approved for '{endpoints.Connector}'; nothing was sent."
            )
            {
                ErrorCode = SignInErrorCode.SignInDenied,
            };
        await approvals.ApproveAsync(endpoints.Connector, unknown, [], cancellationToken);
    }

    private static IReadOnlyList<Origin> ServersOf(ConnectorManifest connector, ProviderEndpoints endpoints)
    {
        var tools = connector.Tools.Where(tool =>
            (tool.Security ?? connector.Security).Any(need => need.Schemes.ContainsKey(endpoints.Scheme))
        );
        return ServedOrigins.Of(connector with { Tools = [.. tools] }, Environment.GetEnvironmentVariable);
    }

    private async Task<SignIn> RunBrowserAsync(
        ProviderEndpoints endpoints,
        Secret? secret,
        ISignInUser user,
        CancellationToken cancellationToken
    )
    {
        await using var listener = new LoopbackListener(endpoints.RedirectUri, time);
        using var request = AuthorizationRequest.Begin(endpoints, listener.RedirectUri);
        listener.Listen(request);
        await user.OpenBrowserAsync(listener.StartUri, request.Url, cancellationToken);
        var query = await listener.WaitAsync(cancellationToken);
        var page = listener.WaitForPageAsync(cancellationToken);
        try
        {
            return await CompleteAsync(request, query, secret, cancellationToken);
        }
        finally
        {
            await page;
        }
    }

    private async Task<SignIn> RunDeviceAsync(
        ProviderEndpoints endpoints,
        Secret? secret,
        ISignInUser user,
        CancellationToken cancellationToken
    )
    {
        var addresses = _addresses.For(endpoints.Connector);
        using var started = await _client.StartDeviceAsync(endpoints, secret, addresses, cancellationToken);
        using var code = new Secret(started.DeviceCode);
        // RFC 8628 section 3.2; GitHub and Google call the page verification_url in older answers.
        var page = ProviderUrl.Read(
            started.VerificationUri ?? started.TryGet("verification_url") ?? "",
            "provider's verification page"
        );
        var complete = started.VerificationUriComplete is { } whole
            ? ProviderUrl.Read(whole, "provider's verification page")
            : null;
        var validFor = TimeSpan.FromSeconds(started.ExpiresIn is > 0 and var seconds ? seconds : 900);
        var userCode = UntrustedText.Shorten(UntrustedText.Clean(started.UserCode), 40);
        await user.ShowDeviceCodeAsync(page, complete, userCode, validFor, cancellationToken);
        var interval = TimeSpan.FromSeconds(Math.Clamp(started.Interval, 1, 60));
        for (var since = time.GetTimestamp(); time.GetElapsedTime(since) < validFor; )
        {
            await Task.Delay(interval, time, cancellationToken);
            var (signIn, error) = await _client.PollDeviceAsync(endpoints, code, secret, addresses, cancellationToken);
            if (signIn is not null)
                return signIn;
            if (error == "slow_down")
                interval += SlowDown;
        }
        throw new McpRuntimeException("The code was not entered while it was valid. Nothing was stored. Try again.")
        {
            ErrorCode = SignInErrorCode.SignInTimedOut,
        };
    }
}
