using System.Globalization;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;
using Microsoft.Extensions.Time.Testing;

namespace McpRuntime.Tests.Credentials;

public class OAuth2Tests
{
    [Fact]
    public async Task Client_credentials_are_exchanged_for_a_token_with_basic()
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1"));
        await using var bench = Bench(tokens, scheme => scheme with { Audience = "https://a b", Extra = new Dictionary<
                    string,
                    string
                >
                {
                    ["resource"] = "r&s",
                } });
        var request = await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal(["Bearer tok-1"], request.Header("Authorization"));
        Assert.Equal(
            "grant_type=client_credentials&scope=read+write&audience=https%3A%2F%2Fa+b&resource=r%26s",
            tokens.Request.BodyText
        );
        // RFC 6749 section 2.3.1: base64("cli%3Aent:s+%26cret").
        Assert.Equal(["Basic Y2xpJTNBZW50OnMrJTI2Y3JldA=="], tokens.Request.Header("Authorization"));
        Assert.Equal(["application/x-www-form-urlencoded"], tokens.Request.Header("Content-Type"));
    }

    [Fact]
    public async Task Client_may_prove_itself_in_the_form_and_requirement_chooses_scopes()
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1"));
        await using var bench = Bench(
            tokens,
            scheme => scheme with { ClientAuthentication = ClientAuthentication.Post },
            "admin"
        );
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal(
            "grant_type=client_credentials&scope=admin&client_id=cli%3Aent&client_secret=s+%26cret",
            tokens.Request.BodyText
        );
        Assert.Empty(tokens.Request.Header("Authorization"));
    }

    [Fact]
    public async Task Token_is_fetched_once_for_concurrent_calls_and_kept()
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1"));
        await using var bench = Bench(tokens);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => bench.CallAsync(CallBench.Tool("GET /x")))
        );
        Assert.All(answers, answer => Assert.False(answer.IsError, CallBench.AllText(answer)));
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Single(tokens.Requests);
    }

    [Theory]
    [InlineData(3600, 3569, 1)]
    [InlineData(3600, 3571, 2)]
    [InlineData(20, 9, 1)]
    [InlineData(20, 11, 2)]
    [InlineData(0, 0, 2)]
    public async Task Token_is_renewed_shortly_before_it_expires(int lifetime, int elapsed, int fetches)
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1", lifetime), Token("tok-2", lifetime));
        var time = new FakeTimeProvider();
        await using var bench = Bench(tokens, time: time);
        await bench.SendAsync(CallBench.Tool("GET /x"));
        time.Advance(TimeSpan.FromSeconds(elapsed));
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal(fetches, tokens.Requests.Count);
    }

    [Fact]
    public async Task Refused_token_is_renewed_once_and_the_call_repeated_once()
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1"), Token("tok-2"));
        var api = RecordingUpstream.Start(request =>
            request.Header("Authorization") is ["Bearer tok-2"]
                ? UpstreamAnswer.Json("{}")
                : UpstreamAnswer.Json("{}", 401)
        );
        await using var bench = Bench(tokens, upstream: api);
        Assert.False((await bench.CallAsync(CallBench.Tool("POST /x"))).IsError);
        Assert.Equal(2, api.Requests.Count);
        await bench.SendAsync(CallBench.Tool("POST /x"));
        Assert.Equal(3, api.Requests.Count);
        Assert.Equal(2, tokens.Requests.Count);
    }

    [Fact]
    public async Task Hundred_calls_with_one_expired_token_fetch_one()
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1"), Token("tok-2"));
        var time = new FakeTimeProvider();
        await using var bench = Bench(tokens, time: time);
        await bench.SendAsync(CallBench.Tool("GET /x"));
        time.Advance(TimeSpan.FromHours(1));
        await Hundred(bench);
        Assert.Equal(2, tokens.Requests.Count);
        Assert.All(bench.Upstream.Requests.Skip(1), request =>
            Assert.Equal(["Bearer tok-2"], request.Header("Authorization"))
        );
    }

    [Fact]
    public async Task Hundred_calls_with_one_token_that_the_api_refuses_early_fetch_one()
    {
        var isRevoked = false;
        await using var tokens = RecordingUpstream.Start(Token("tok-1"), Token("tok-2"));
        var api = RecordingUpstream.Start(request =>
            isRevoked && request.Header("Authorization") is ["Bearer tok-1"]
                ? UpstreamAnswer.Json("{}", 401)
                : UpstreamAnswer.Json("{}")
        );
        await using var bench = Bench(tokens, upstream: api);
        await bench.SendAsync(CallBench.Tool("GET /x"));
        isRevoked = true;
        await Hundred(bench);
        Assert.Equal(2, tokens.Requests.Count);
    }

    [Fact]
    public async Task Calls_that_wait_for_one_fetch_share_its_failure()
    {
        var go = new TaskCompletionSource();
        await using var tokens = RecordingUpstream.Start(
            async (_, connection, cancellationToken) =>
            {
                await go.Task;
                await connection.SendAsync(
                    UpstreamAnswer.Json("""{"error":"temporarily_unavailable"}""", 503),
                    cancellationToken
                );
            }
        );
        await using var bench = Bench(tokens);
        var calls = Enumerable.Range(0, 100).Select(_ => bench.CallAsync(CallBench.Tool("GET /x"))).ToList();
        go.SetResult();
        Assert.All(await Task.WhenAll(calls), answer =>
            Assert.Contains("temporarily_unavailable", CallBench.AllText(answer), StringComparison.Ordinal)
        );
        Assert.InRange(tokens.Requests.Count, 1, 2);
    }

    [Fact]
    public async Task Token_endpoint_that_is_down_is_an_answer()
    {
        var gone = RecordingUpstream.Start(UpstreamAnswer.Empty());
        await using var bench = Bench(gone);
        await gone.DisposeAsync();
        var message = await bench.RefusedAsync(CallBench.Tool("GET /x"));
        Assert.Contains("No token for 'o' of 'api'", message, StringComparison.Ordinal);
        Assert.Contains("the connection was refused", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_that_stays_refused_is_an_answer()
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1"), Token("tok-2"));
        var api = RecordingUpstream.Start(UpstreamAnswer.Json("{}", 401));
        await using var bench = Bench(tokens, upstream: api);
        var answer = await bench.CallAsync(CallBench.Tool("POST /x"));
        Assert.Equal(401, answer.Status);
        Assert.Equal(2, api.Requests.Count);
        Assert.Equal(2, tokens.Requests.Count);
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client","error_description":"unknown s &cret"}""", "invalid_client")]
    [InlineData(200, """{"access_token":"t","token_type":"mac"}""", "'mac'")]
    [InlineData(200, "<html>", "an invalid token response")]
    [InlineData(200, "{}", "HTTP 200")]
    [InlineData(302, "", "HTTP 302")]
    public async Task Endpoint_without_a_token_is_explained(int status, string body, string expected)
    {
        await using var tokens = RecordingUpstream.Start(
            new UpstreamAnswer(status, System.Text.Encoding.UTF8.GetBytes(body), "Location: https://evil.example/")
        );
        await using var bench = Bench(tokens);
        var message = await bench.RefusedAsync(CallBench.Tool("GET /x"));
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains("MCP_RUNTIME_CREDENTIAL__API__O__CLIENT_ID", message, StringComparison.Ordinal);
        Assert.DoesNotContain("s &cret", message, StringComparison.Ordinal);
        Assert.Single(tokens.Requests);
    }

    [Fact]
    public async Task Client_secret_goes_to_no_token_endpoint_that_it_was_not_set_for()
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1"));
        await using var bench = Bench(tokens);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__ORIGINS", bench.Upstream.Url.ToString());
        Assert.Contains("not approved", await bench.RefusedAsync(CallBench.Tool("GET /x")), StringComparison.Ordinal);
        Assert.Empty(tokens.Requests);
    }

    [Fact]
    public async Task Token_url_has_server_variables_too()
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1"));
        await using var bench = Bench(tokens, scheme => scheme with { TokenUrl = $"{tokens.Url}{{tenant}}/token" });
        bench.Connector = bench.Connector with
        {
            ServerVariables = new Dictionary<string, ServerVariable> { ["tenant"] = new("acme") },
        };
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal("/acme/token", tokens.Request.Target);
    }

    [Fact]
    public async Task Preview_fetches_no_token()
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1"));
        await using var bench = Bench(tokens);
        var preview = await bench.PreviewAsync(CallBench.Tool("GET /x"));
        Assert.Contains(KeyValuePair.Create("Authorization", "Bearer ***"), preview.Headers);
        Assert.Empty(tokens.Requests);
    }

    [Fact]
    public async Task Token_of_the_environment_goes_before_a_client()
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1"));
        await using var bench = Bench(tokens);
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__TOKEN", "own-token");
        Assert.Equal(["Bearer own-token"], (await bench.SendAsync(CallBench.Tool("GET /x"))).Header("Authorization"));
        Assert.Empty(tokens.Requests);
    }

    [Fact]
    public async Task Refresh_token_is_exchanged_and_the_next_one_used_from_then_on()
    {
        await using var tokens = RecordingUpstream.Start(
            UpstreamAnswer.Json("""{"access_token":"tok-1","expires_in":0,"refresh_token":"next &1"}"""),
            Token("tok-2", 0),
            Token("tok-3", 0)
        );
        await using var bench = Bench(tokens, scheme =>
            scheme with
            {
                Flows = [OAuth2Flow.AuthorizationCode],
                RefreshUrl = $"{tokens.Url}again",
            }
        );
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__REFRESH_TOKEN", "first");
        Assert.Equal(["Bearer tok-1"], (await bench.SendAsync(CallBench.Tool("GET /x"))).Header("Authorization"));
        Assert.Equal(["Bearer tok-2"], (await bench.SendAsync(CallBench.Tool("GET /x"))).Header("Authorization"));
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal(
            [
                "grant_type=refresh_token&refresh_token=first",
                "grant_type=refresh_token&refresh_token=next+%261",
                "grant_type=refresh_token&refresh_token=next+%261",
            ],
            tokens.Requests.Select(request => request.BodyText)
        );
        Assert.All(tokens.Requests, request =>
            Assert.Equal(["Basic Y2xpJTNBZW50OnMrJTI2Y3JldA=="], request.Header("Authorization"))
        );
        Assert.Equal("/again", tokens.Requests[0].Target);
    }

    [Fact]
    public async Task Public_client_refreshes_with_its_id_alone()
    {
        await using var tokens = RecordingUpstream.Start(Token("tok-1"));
        await using var bench = Bench(tokens, scheme => scheme with { Flows = [OAuth2Flow.AuthorizationCode] });
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__REFRESH_TOKEN", "first");
        bench.Unset("MCP_RUNTIME_CREDENTIAL__API__O__CLIENT_SECRET");
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal("grant_type=refresh_token&refresh_token=first&client_id=cli%3Aent", tokens.Request.BodyText);
        Assert.Empty(tokens.Request.Header("Authorization"));
        Assert.Equal("/token", tokens.Request.Target);
    }

    [Fact]
    public async Task Refused_refresh_token_is_not_shown()
    {
        await using var tokens = RecordingUpstream.Start(
            UpstreamAnswer.Json("""{"error":"invalid_grant","error_description":"first-refresh is used up"}""", 400)
        );
        await using var bench = Bench(tokens, scheme => scheme with { Flows = [OAuth2Flow.AuthorizationCode] });
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__REFRESH_TOKEN", "first-refresh");
        var message = await bench.RefusedAsync(CallBench.Tool("GET /x"));
        Assert.Contains("invalid_grant", message, StringComparison.Ordinal);
        Assert.DoesNotContain("first-refresh", message, StringComparison.Ordinal);
    }

    private static async Task Hundred(CallBench bench)
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => bench.CallAsync(CallBench.Tool("POST /x")))
        );
        Assert.All(answers, answer => Assert.False(answer.IsError, CallBench.AllText(answer)));
    }

    private static UpstreamAnswer Token(string token, int lifetime = 3600) =>
        UpstreamAnswer.Json(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":{{lifetime}}}"""
            )
        );

    private static CallBench Bench(
        RecordingUpstream tokens,
        Func<OAuth2Scheme, OAuth2Scheme>? change = null,
        string? scope = null,
        RecordingUpstream? upstream = null,
        TimeProvider? time = null
    )
    {
        var bench = new CallBench(upstream ?? RecordingUpstream.Start(UpstreamAnswer.Json("{}")), time: time);
        var scheme = new OAuth2Scheme
        {
            TokenUrl = $"{tokens.Url}token",
            Flows = [OAuth2Flow.ClientCredentials],
            Scopes = ["read", "write"],
        };
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["o"] = change?.Invoke(scheme) ?? scheme },
            Security =
            [
                new SecurityRequirement(
                    new Dictionary<string, IReadOnlyList<string>> { ["o"] = scope is null ? [] : [scope] }
                ),
            ],
        };
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__CLIENT_ID", "cli:ent");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__CLIENT_SECRET", "s &cret");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__ORIGINS", $"{tokens.Url} {bench.Upstream.Url}");
        return bench;
    }
}
