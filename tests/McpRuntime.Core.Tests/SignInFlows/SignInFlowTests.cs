using System.Net;
using System.Web;
using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.SignInFlows;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;
using Microsoft.Extensions.Time.Testing;

namespace McpRuntime.Tests.SignInFlows;

public sealed class SignInFlowTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly StandInProvider _provider = new();
    private readonly GuardedHttp _http = new();
    private readonly BrowserUser _user = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _folder.Dispose();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Code_with_proof_key_gives_a_sign_in_and_the_code_leaves_the_address_bar()
    {
        using var signIn = await RunAsync(Connector(OpenId()), scopes: ["openid", "read"]);

        Assert.Equal("ann@example.test", signIn.Account);
        Assert.Equal(["read", "write"], signIn.Scopes);
        Assert.True(signIn.RefreshToken is { IsEmpty: false });
        Assert.Equal($"{_provider.Issuer}/revoke", signIn.RevocationUrl);
        Assert.EndsWith("/done", _user.LastPage!.AbsolutePath, StringComparison.Ordinal);
        Assert.Empty(_user.LastPage.Query);
        var query = HttpUtility.ParseQueryString(_user.Full!.Query);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.DoesNotContain(query["state"]!, _user.Local!.ToString(), StringComparison.Ordinal);
        Assert.True(new ApprovalStore(_folder.PathOf("data")).For("box").Allows(Origin.Of(new Uri(_provider.Issuer))));
    }

    [Fact]
    public async Task Origin_that_is_not_approved_is_not_opened()
    {
        _user.Approves = false;

        var error = await FailAsync(Connector(OAuth()));

        Assert.Equal(SignInErrorCode.SignInDenied, error.ErrorCode);
        Assert.Contains(_provider.Issuer, error.Message, StringComparison.Ordinal);
        Assert.Null(_user.Local);
        Assert.Empty(_provider.Requests);
    }

    [Theory]
    [InlineData("https://attacker.test")]
    [InlineData(null)]
    public async Task Answer_of_another_issuer_is_not_used(string? issuer)
    {
        _provider.ResponseIssuer = "announced";
        _provider.Redirect = url =>
            url[..url.IndexOf("&iss=", StringComparison.Ordinal)] + (issuer is null ? "" : $"&iss={issuer}");

        var error = await FailAsync(Connector(OpenId()));

        Assert.Contains("issuer", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_provider.Requests, request => request.Target == "/token");
        AssertNoSecret(error);
    }

    // RFC 9700 section 4.4: the code of an honest provider, whose issuer the response names, for the one that was asked.
    [Theory]
    [InlineData("https://attacker.test", false)]
    [InlineData("not a url", false)]
    [InlineData("", false)]
    [InlineData(null, true)]
    public async Task Issuer_of_a_response_is_one_of_the_providers_servers_where_no_issuer_is_known(
        string? issuer,
        bool isUsed
    )
    {
        _provider.ResponseIssuer = issuer ?? _provider.Issuer;

        var run = () => RunAsync(Connector(OAuth()));

        if (isUsed)
            (await run()).Dispose();
        else
            Assert.Contains(
                "issuer",
                (await Assert.ThrowsAsync<McpRuntimeException>(run)).Message,
                StringComparison.Ordinal
            );
        Assert.Equal(isUsed, _provider.Requests.Any(request => request.Target == "/token"));
    }

    [Theory]
    [InlineData(false, "https://api.box.test")]
    [InlineData(true, null)]
    public async Task Servers_that_get_the_tokens_are_approved_with_the_provider_where_none_was_before(
        bool isKnown,
        string? expected
    )
    {
        var store = new ApprovalStore(_folder.PathOf("data"));
        if (isKnown)
            await store.ApproveAsync("box", [Origin.Of(new Uri("https://other.box.test"))], [], Token);
        var connector = Connector(OAuth()) with
        {
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["user"] = [] })],
            Tools =
            [
                new ToolManifest
                {
                    Name = "get_me",
                    Endpoint = "GET /me",
                    InputSchema = JsonText.Parse("""{"type":"object"}"""),
                },
            ],
        };

        using var signIn = await RunAsync(connector);

        Assert.Equal(expected is not null, _user.Question!.Contains("https://api.box.test", StringComparison.Ordinal));
        Assert.Equal(expected is not null, store.Now("box").Allows(Origin.Of(new Uri("https://api.box.test"))));
    }

    [Theory]
    [InlineData("nonce", "another", "nonce")]
    [InlineData("aud", "another", "another client")]
    [InlineData("iss", "https://attacker.test", "another issuer")]
    [InlineData("exp", 1, "expired")]
    public async Task Identity_token_that_does_not_fit_is_refused(string claim, object value, string words)
    {
        _provider.Claims = claims => new(claims) { [claim] = value };

        var error = await FailAsync(Connector(OpenId()));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        AssertNoSecret(error);
    }

    [Fact]
    public async Task Answer_with_another_state_is_ignored_and_the_sign_in_goes_on()
    {
        var isRefused = false;
        _user.BeforeOpening = async local =>
        {
            var callback = $"http://127.0.0.1:{local.Port}/callback";
            Assert.Equal(HttpStatusCode.NotFound, await BrowserUser.StatusAsync($"{callback}?code=c&state=guessed"));
            Assert.Equal(
                HttpStatusCode.NotFound,
                await BrowserUser.StatusAsync($"http://127.0.0.1:{local.Port}/start/x")
            );
            Assert.Equal(
                HttpStatusCode.NotFound,
                await BrowserUser.StatusAsync($"{callback}?code=c&state=guessed", host: "evil.test")
            );
            isRefused = true;
        };

        using var signIn = await RunAsync(Connector(OAuth()));

        Assert.True(isRefused);
        Assert.NotNull(signIn.AccessToken);
    }

    [Fact]
    public async Task Denied_sign_in_shows_the_providers_words_without_controls()
    {
        _provider.Redirect = url =>
            $"{url[..url.IndexOf('?', StringComparison.Ordinal)]}?error=access_denied&error_description=no%1b%5b31m%20way&state="
            + HttpUtility.ParseQueryString(new Uri(url).Query)["state"];

        var error = await FailAsync(Connector(OAuth()));

        Assert.Equal(SignInErrorCode.SignInDenied, error.ErrorCode);
        Assert.Contains("(no way)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"access_token":"","error":"bad\u001b]0;x\u0007 thing"}""")]
    public async Task Garbage_of_a_token_endpoint_is_one_message(string body)
    {
        _provider.Token = _ => UpstreamAnswer.Json(body);

        var error = await FailAsync(Connector(OAuth()));

        Assert.Equal(SignInErrorCode.SignInFailed, error.ErrorCode);
        Assert.DoesNotContain('\u001b', error.Message);
        AssertNoSecret(error);
    }

    [Fact]
    public async Task Huge_answer_and_redirect_of_a_token_endpoint_are_refused()
    {
        _provider.Token = _ => UpstreamAnswer.Json($$"""{"access_token":"{{new string('a', 100_000)}}"}""");
        Assert.Equal(SignInErrorCode.SignInFailed, (await FailAsync(Connector(OAuth()))).ErrorCode);
        _provider.Token = _ => UpstreamAnswer.Redirect($"{_provider.Issuer}/elsewhere", 307);
        Assert.Contains("HTTP 307", (await FailAsync(Connector(OAuth()))).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_provider.Requests, request => request.Target == "/elsewhere");
    }

    [Fact]
    public async Task Error_that_quotes_the_code_is_redacted()
    {
        _provider.Token = _ =>
            UpstreamAnswer.Json(
                $$"""{"error":"invalid_grant","error_description":"{{_provider.Secrets.First()}}"}""",
                400
            );

        AssertNoSecret(await FailAsync(Connector(OAuth())));
    }

    [Fact]
    public async Task A_browser_that_never_comes_ends_with_the_time_limit_and_frees_the_port()
    {
        var time = new FakeTimeProvider();
        _user.Opens = false;
        // A port that no one else takes when it is free.
        var port = FreePort.Take();
        var run = FailAsync(Connector(OAuth()), time, redirect: new Uri($"http://127.0.0.1:{port}/callback"));
        Assert.Equal(port, (await _user.Asked.Task.WaitAsync(ProcessRunner.HangGuard, Token)).Port);

        time.Advance(TimeSpan.FromMinutes(6));
        var error = await run;

        Assert.Equal(SignInErrorCode.SignInTimedOut, error.ErrorCode);
        Assert.Contains("within 300 s.", error.Message, StringComparison.Ordinal);
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, port);
        free.Start();
    }

    [Fact]
    public async Task A_browser_that_takes_its_time_is_shown_the_last_page()
    {
        var time = new ManualTime();
        _user.Opens = false;
        var run = RunAsync(Connector(OAuth()), time);
        var next = await _user.Asked.Task.WaitAsync(ProcessRunner.HangGuard, Token);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        // To the provider, back with the code, and away from the address that has it.
        for (var hop = 0; hop < 3; hop++)
        {
            using var answer = await browser.GetAsync(next, Token);
            next = new Uri(next, answer.Headers.Location!);
        }

        time.Advance(TimeSpan.FromSeconds(9));

        using var page = await browser.GetAsync(next, Token);
        Assert.EndsWith("/done", next.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var signIn = await run;
    }

    [Fact]
    public async Task Two_sign_ins_at_once_do_not_take_each_others_answers()
    {
        var other = new BrowserUser { Opens = false };
        var waiting = RunAsync(Connector(OAuth()), user: other);
        var local = await other.Asked.Task.WaitAsync(ProcessRunner.HangGuard, Token);
        _user.BeforeOpening = async own =>
        {
            // The provider's answer for this sign-in, brought to the other one.
            var state = HttpUtility.ParseQueryString(_user.Full!.Query)["state"];
            Assert.NotEqual(own.Port, local.Port);
            Assert.Equal(
                HttpStatusCode.NotFound,
                await BrowserUser.StatusAsync($"http://127.0.0.1:{local.Port}/callback?code=c&state={state}")
            );
        };

        using var first = await RunAsync(Connector(OAuth()));
        await other.FollowAsync(local);
        using var second = await waiting;

        Assert.False(first.AccessToken!.Is(second.AccessToken!.Reveal()));
    }

    [Theory]
    [InlineData("slow_down", 15)]
    [InlineData("authorization_pending", 10)]
    public async Task Device_code_is_polled_as_the_provider_says(string error, int seconds)
    {
        var time = new ManualTime();
        _provider.DeviceErrors = [error];
        var run = RunAsync(Connector(OAuth()), time, device: true);
        await _user.Shown.Task.WaitAsync(ProcessRunner.HangGuard, Token);
        var before = time.GetUtcNow();

        await PassAsync(time, run);

        using var signIn = await run;
        Assert.Equal("WDJB-MJHT", _user.UserCode);
        Assert.Equal(2, _provider.Requests.Count(request => request.Target == "/token"));
        Assert.Equal(seconds, (time.GetUtcNow() - before).TotalSeconds);
    }

    [Theory]
    [InlineData("access_denied", SignInErrorCode.SignInDenied)]
    [InlineData("expired_token", SignInErrorCode.SignInFailed)]
    public async Task Device_code_that_is_refused_ends(string refusal, string code)
    {
        var time = new ManualTime();
        _provider.DeviceErrors = [refusal];
        var run = FailAsync(Connector(OAuth()), time, device: true);
        await PassAsync(time, run);
        Assert.Equal(code, (await run).ErrorCode);
    }

    [Theory]
    [InlineData("google", "access_type=offline", "prompt=consent")]
    [InlineData("slack", "user_scope=read,write", "")]
    [InlineData("entra", "offline_access", "localhost")]
    [InlineData("xero", "offline_access", "")]
    [InlineData("github", "scope=read", "")]
    [InlineData("box", "scope=read", "")]
    [InlineData("figma", "scope=read", "")]
    [InlineData("netlify", "scope=read", "")]
    [InlineData("discord", "scope=read", "")]
    public async Task Preset_is_followed_on_a_stand_in(string preset, string first, string second)
    {
        _provider.Token = json =>
            preset switch
            {
                "slack" => UpstreamAnswer.Json(
                    $$"""{"ok":true,"authed_user":{{json.Replace("Bearer", "user", StringComparison.Ordinal)}}}"""
                ),
                "github" => UpstreamAnswer.Text(
                    "access_token=access-of-github&scope=repo%2Cgist&token_type=bearer",
                    contentType: "application/x-www-form-urlencoded"
                ),
                _ => UpstreamAnswer.Json(json),
            };
        var needsSecret = preset is "google" or "slack" or "github" or "box" or "figma" or "netlify";

        using var signIn = await RunAsync(Connector(OAuth()), scopes: ["read", "write"], provider: preset);

        Assert.Equal(preset, signIn.Provider);
        Assert.Contains(first, Uri.UnescapeDataString(_user.Full!.Query), StringComparison.Ordinal);
        Assert.Contains(second, _user.Full.Query, StringComparison.Ordinal);
        var request = Assert.Single(_provider.Requests, request => request.Target == "/token");
        Assert.Equal(needsSecret, SentSecret(request));
        if (preset == "github")
            Assert.Equal(["repo", "gist"], signIn.Scopes);
    }

    // What the published documents of these APIs say: Slack's names endpoints of the first version, Netlify's no token
    // endpoint at all.
    [Theory]
    [InlineData(
        "https://slack.com/oauth/authorize",
        "https://slack.com/api/oauth.access",
        "https://slack.com/oauth/v2/authorize",
        "https://slack.com/api/oauth.v2.access"
    )]
    [InlineData(
        "https://app.netlify.com/authorize",
        null,
        "https://app.netlify.com/authorize",
        "https://api.netlify.com/oauth/token"
    )]
    [InlineData(
        "https://www.figma.com/oauth",
        "https://www.figma.com/api/oauth/token",
        "https://www.figma.com/oauth",
        "https://api.figma.com/v1/oauth/token"
    )]
    [InlineData(
        "https://login.microsoftonline.com/my-tenant/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/my-tenant/oauth2/v2.0/token",
        "https://login.microsoftonline.com/my-tenant/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/my-tenant/oauth2/v2.0/token"
    )]
    public async Task Endpoints_of_a_document_are_completed_by_the_preset(
        string authorization,
        string? token,
        string usedAuthorization,
        string usedToken
    )
    {
        var connector = Connector(new OAuth2Scheme { AuthorizationUrl = authorization, TokenUrl = token });

        var endpoints = await Flow(TimeProvider.System)
            .ResolveAsync(new SignInRequest { Connector = connector, ClientId = "client" }, Token);

        Assert.Equal(
            (usedAuthorization, usedToken),
            (endpoints.Authorization!.AbsoluteUri, endpoints.Token.AbsoluteUri)
        );
    }

    [Theory]
    [InlineData("google", true)]
    [InlineData("github", false)]
    public async Task Device_code_asks_for_a_client_secret_only_where_the_provider_wants_one(string preset, bool asks)
    {
        var time = new ManualTime();
        var run = RunAsync(Connector(OAuth()), time, device: true, provider: preset);
        await PassAsync(time, run);

        using var signIn = await run;
        var request = Assert.Single(_provider.Requests, request => request.Target == "/token");
        Assert.Equal(asks, request.BodyText.Contains("client_secret=of-the-client", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Issuer_is_compared_as_its_metadata_spell_it()
    {
        _provider.MetadataIssuer = _provider.ResponseIssuer = $"{_provider.Issuer}/";
        _provider.Claims = claims => new(claims) { ["iss"] = $"{_provider.Issuer}/" };

        using var signIn = await RunAsync(Connector(OAuth()), scopes: ["openid"], issuer: _provider.Issuer);

        Assert.Equal($"{_provider.Issuer}/", signIn.Issuer);
    }

    [Fact]
    public async Task Tokens_are_renewed_at_the_refresh_url_where_there_is_one()
    {
        var refresh = $"{_provider.Issuer}/refresh";

        var request = new SignInRequest
        {
            Connector = Connector(OAuth() with { RefreshUrl = refresh }),
            ClientId = "my-client",
        };

        using var signIn = await Flow(TimeProvider.System).RunAsync(request, _user, Token);

        Assert.Equal(refresh, signIn.TokenUrl);
    }

    [Fact]
    public async Task Token_endpoint_that_does_not_answer_ends_with_the_time_limit()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.TokenGate = new TaskCompletionSource().Task;
        _provider.Seen = request =>
        {
            if (request.Target == "/token")
                asked.SetResult();
        };
        var run = FailAsync(Connector(OAuth()), time);
        await asked.Task.WaitAsync(Token);

        time.Advance(TimeSpan.FromMinutes(5));
        var error = await run;

        Assert.Equal(SignInErrorCode.SignInTimedOut, error.ErrorCode);
        Assert.Contains("not finished within 300 s.", error.Message, StringComparison.Ordinal);
        AssertNoSecret(error);
    }

    [Fact]
    public async Task Error_with_status_200_is_an_error()
    {
        _provider.Token = _ => UpstreamAnswer.Json("""{"ok":false,"error":"bad_client_secret"}""");

        var error = await FailAsync(Connector(OAuth()), provider: "slack");

        Assert.Contains("bad_client_secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://login.test/authorize")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://good.test@evil.test/authorize")]
    public async Task Page_that_is_not_https_is_not_opened(string url)
    {
        var error = await FailAsync(Connector(OAuth() with { AuthorizationUrl = url }));

        Assert.Contains("not an https URL", error.Message, StringComparison.Ordinal);
        Assert.Null(_user.Local);
        Assert.False(SystemBrowser.TryOpen(new Uri(url)));
    }

    [Fact]
    public async Task Revocation_names_the_refresh_token()
    {
        using var signIn = await RunAsync(Connector(OpenId()));

        await Flow(TimeProvider.System).RevokeAsync("box", signIn, Token);

        var request = Assert.Single(_provider.Requests, request => request.Target == "/revoke");
        Assert.Contains($"token={signIn.RefreshToken!.Reveal()}", request.BodyText, StringComparison.Ordinal);
    }

    // Time passes only while the flow waits for it, however long the provider takes.
    private static async Task PassAsync(ManualTime time, Task run)
    {
        // The first is the whole time of the sign-in.
        await time.NextWaitAsync();
        while (true)
        {
            var wait = time.NextWaitAsync();
            if (await Task.WhenAny(wait, run) == run)
                return;
            time.Advance(await wait);
        }
    }

    private static bool SentSecret(RecordedRequest request) =>
        request.BodyText.Contains("client_secret=of-the-client", StringComparison.Ordinal)
        || request.Header("Authorization") is ["Basic bXktY2xpZW50Om9mLXRoZS1jbGllbnQ="];

    private OAuth2Scheme OAuth() =>
        new()
        {
            Flows = [OAuth2Flow.AuthorizationCode],
            AuthorizationUrl = $"{_provider.Issuer}/authorize",
            TokenUrl = $"{_provider.Issuer}/token",
            DeviceAuthorizationUrl = $"{_provider.Issuer}/device",
            Scopes = ["read"],
        };

    private OpenIdConnectScheme OpenId() => new($"{_provider.Issuer}/.well-known/openid-configuration");

    private static ConnectorManifest Connector(SecurityScheme scheme) =>
        new()
        {
            Name = "box",
            Version = "1.0.0",
            BaseUrl = "https://api.box.test",
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["user"] = scheme },
            Tools = [],
        };

    private SignInFlow Flow(TimeProvider time) =>
        new(
            new RuntimeSettings
            {
                ConnectorsFolder = _folder.PathOf("connectors"),
                DataFolder = _folder.PathOf("data"),
                AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")],
            },
            _http,
            new ApprovalStore(_folder.PathOf("data")),
            time
        );

    private Task<SignIn> RunAsync(
        ConnectorManifest connector,
        TimeProvider? time = null,
        bool device = false,
        IReadOnlyList<string>? scopes = null,
        string? provider = null,
        BrowserUser? user = null,
        string? issuer = null,
        Uri? redirect = null
    ) =>
        Flow(time ?? TimeProvider.System)
            .RunAsync(
                new SignInRequest
                {
                    Connector = connector,
                    ClientId = "my-client",
                    Scopes = scopes ?? [],
                    UsesDeviceCode = device,
                    Provider = provider,
                    Issuer = issuer,
                    RedirectUri = redirect,
                    TokenUrl = connector.SecuritySchemes["user"] is OAuth2Scheme scheme ? scheme.TokenUrl : null,
                },
                user ?? _user,
                Token
            );

    private Task<McpRuntimeException> FailAsync(
        ConnectorManifest connector,
        TimeProvider? time = null,
        bool device = false,
        string? provider = null,
        Uri? redirect = null
    ) =>
        Assert.ThrowsAsync<McpRuntimeException>(() =>
            RunAsync(connector, time, device, provider: provider, redirect: redirect)
        );

    private void AssertNoSecret(Exception error) =>
        Assert.All(_provider.Secrets, secret =>
            Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal)
        );
}
