using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Http.Tests.SignIns;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.SignInPages;

/// <summary>A person signs in at the issuer that the gateway trusts.</summary>
public sealed class SignInTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_signs_in_comes_back_and_signs_out()
    {
        await using var made = await SignInGateway.StartAsync();
        made.Issuer.Claims = claims => new(claims) { ["roles"] = new[] { "reader" }, ["name"] = "Ann Lee" };
        using var browser = new ConnectBrowser();
        var methods = await made.Gateway.Anonymous.SendAsync("GET", "/sign-in/methods");
        var offered = Assert.Single(methods.GetProperty("issuers").EnumerateArray());
        Assert.Equal(new Uri(made.Issuer.Issuer).Authority, offered.Text("name"));

        var back = await made.SignInAsync(browser, offered.Text("url") + "&return=%2F%3Ftab%3Dtools");

        Assert.Equal("/?tab=tools", back);
        var caller = (await made.CallerAsync(browser))!.Value;
        Assert.Equal(
            (made.Person, "session", "Ann Lee"),
            (caller.Text("id"), caller.Text("kind"), caller.Text("name"))
        );
        Assert.Equal("reader", Assert.Single(caller.GetProperty("roles").EnumerateArray()).GetString());
        using var signedOut = await browser.PostAsync(made.UrlOf("/sign-out"), made.UrlOf("/"));
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        Assert.Null(await made.CallerAsync(browser));
        using var admin = await made.Gateway.ClientAsync("admin");
        var entries = await Audit.EntriesAsync(
            admin,
            entry => entry.Text("action").StartsWith("session.", StringComparison.Ordinal),
            least: 2
        );
        Assert.Equal(["session.end", "session.begin"], entries.Select(entry => entry.Text("action")));
        Assert.All(entries, entry => Assert.Equal((made.Person, "ok"), (entry.Text("caller"), entry.Text("outcome"))));
    }

    [Fact]
    public async Task The_request_has_pkce_a_state_and_a_nonce_of_its_own_each_time()
    {
        await using var made = await SignInGateway.StartAsync(settings: [("SIGN_IN_SCOPES", "profile,api.read")]);
        using var browser = new ConnectBrowser();
        await made.ConsentAsync(browser);
        await made.ConsentAsync(browser);

        var queries = made
            .Issuer.Requests.Where(request => request.Target.StartsWith("/authorize", StringComparison.Ordinal))
            .Select(request => System.Web.HttpUtility.ParseQueryString(new Uri(made.Gateway.Url, request.Target).Query))
            .ToList();
        Assert.Equal(2, queries.Count);
        Assert.All(queries, query =>
        {
            Assert.Equal(("code", "S256"), (query["response_type"], query["code_challenge_method"]));
            Assert.Equal(43, query["code_challenge"]!.Length);
            Assert.Equal("openid profile api.read", query["scope"]);
            Assert.Equal(made.UrlOf("/sign-in/callback").ToString(), query["redirect_uri"]);
        });
        foreach (var name in new[] { "state", "nonce", "code_challenge" })
            Assert.NotEqual(queries[0][name], queries[1][name]);
    }

    [Fact]
    public async Task A_confidential_client_shows_the_secret_of_its_file_to_the_token_endpoint_alone()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("secret", "of-the-client-7411\n");
        await using var made = await SignInGateway.StartAsync(settings: [("SIGN_IN_CLIENT_SECRET_FILE", file)]);
        using var browser = new ConnectBrowser();

        await made.SignInAsync(browser);

        var redeemed = made.Issuer.Requests.Single(request => request.Target == "/token");
        Assert.Equal(
            "Basic " + Convert.ToBase64String("my-client:of-the-client-7411"u8),
            redeemed.Header("Authorization").Single()
        );
        Assert.All(browser.Pages, page => Assert.DoesNotContain("7411", page));
        Assert.DoesNotContain("7411", await made.Gateway.EndAsync());
    }

    [Fact]
    public async Task An_issuer_of_openiddict_makes_the_person_the_caller_that_they_are_with_its_token()
    {
        await using var provider = await ProviderProcess.StartAsync(Cancelled, audience: "https://mcp.example");
        await using var gateway = await RunningGateway.StartAsync([
            ("JWT_AUTHORITY", provider.Url.AbsoluteUri),
            ("JWT_AUDIENCE", "https://mcp.example"),
            ("SIGN_IN_CLIENT_ID", "my-client"),
        ]);
        using var browser = new ConnectBrowser();

        var caller = await SignInAsync(gateway, browser);

        Assert.Equal($"jwt:{provider.Url}|ada", caller.Text("id"));
        Assert.Equal("session", caller.Text("kind"));
    }

    [Fact]
    public async Task An_issuer_whose_access_tokens_say_nothing_to_the_gateway_is_believed_by_its_id_token()
    {
        await using var provider = await ProviderProcess.StartAsync(Cancelled);
        await using var gateway = await RunningGateway.StartAsync([
            ("JWT_AUTHORITY", provider.Url.AbsoluteUri),
            ("SIGN_IN_CLIENT_ID", "my-client"),
        ]);
        using var browser = new ConnectBrowser();

        var caller = await SignInAsync(gateway, browser);

        Assert.Equal($"jwt:{provider.Url}|ada", caller.Text("id"));
        Assert.Equal("ada@example.com", caller.Text("name"));
    }

    [Fact]
    public async Task An_access_token_for_the_gateway_decides_who_it_is_and_what_they_may_do()
    {
        await using var made = await SignInGateway.StartAsync(settings: [("JWT_AUDIENCE", "us")]);
        var access = made.Issuer.Sign(
            new
            {
                iss = made.Issuer.Issuer,
                aud = "us",
                exp = 4_000_000_000L,
                sub = "as-the-api-knows-them",
                roles = "user",
            }
        );
        made.Issuer.Token = json =>
        {
            var answer = JsonNode.Parse(json)!;
            answer["access_token"] = access;
            return UpstreamAnswer.Json(answer.ToJsonString());
        };
        using var browser = new ConnectBrowser();

        await made.SignInAsync(browser);

        var caller = (await made.CallerAsync(browser))!.Value;
        Assert.Equal($"jwt:{made.Issuer.Issuer}|as-the-api-knows-them", caller.Text("id"));
        using var client = new HttpClient { BaseAddress = made.Gateway.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", access);
        Assert.Equal(caller.Text("id"), (await client.SendAsync("GET", "/v1/caller")).Text("id"));
    }

    [Fact]
    public async Task With_a_key_ring_a_session_outlives_the_process_and_without_one_it_does_not()
    {
        await using var made = await SignInGateway.StartAsync();
        using var browser = new ConnectBrowser();
        await made.SignInAsync(browser);
        await made.RestartAsync([made.KeyRing]);
        Assert.Null(await made.CallerAsync(browser));

        await made.SignInAsync(browser);
        await made.RestartAsync([made.KeyRing]);

        Assert.Equal(made.Person, (await made.CallerAsync(browser))!.Value.Text("id"));
    }

    [Fact]
    public async Task A_person_opens_the_live_view_and_calls_from_the_gateways_own_page()
    {
        await using var made = await SignInGateway.StartAsync();
        made.Issuer.Claims = claims => new(claims) { ["roles"] = new[] { "admin" } };
        using var browser = new ConnectBrowser();
        await made.SignInAsync(browser);

        using var ticket = await browser.PostAsync(made.UrlOf("/v1/runtime/tickets"), made.UrlOf("/"));
        using var health = await browser.GetAsync(made.UrlOf("/health"));

        Assert.Equal(HttpStatusCode.Created, ticket.StatusCode);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_said_to_be_out_of_reach()
    {
        await using var gateway = await RunningGateway.StartAsync([
            ("JWT_AUTHORITY", "http://127.0.0.1:1"),
            ("SIGN_IN_CLIENT_ID", "my-client"),
        ]);
        using var browser = new ConnectBrowser();

        using var begun = await browser.GetAsync(new Uri(gateway.Url, "/sign-in"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, begun.StatusCode);
        Assert.Empty(browser.Cookies.GetAllCookies());
    }

    [Theory]
    [InlineData("/sign-in?issuer=1")]
    [InlineData("/sign-in?issuer=-1")]
    [InlineData("/sign-in?issuer=x")]
    public async Task An_issuer_that_is_not_configured_is_unknown(string path)
    {
        await using var made = await SignInGateway.StartAsync();
        using var browser = new ConnectBrowser();

        using var begun = await browser.GetAsync(made.UrlOf(path));

        Assert.Equal(HttpStatusCode.NotFound, begun.StatusCode);
        Assert.Empty(browser.Cookies.GetAllCookies());
    }

    private static async Task<JsonElement> SignInAsync(RunningGateway gateway, ConnectBrowser browser)
    {
        var url = new Uri(gateway.Url, "/sign-in");
        // To the issuer, back to the gateway, and on to its page.
        foreach (var _ in new[] { 1, 2, 3 })
        {
            using var answer = await browser.GetAsync(url);
            Assert.True(answer.Headers.Location is not null, browser.Pages[^1]);
            url = new Uri(url, answer.Headers.Location);
        }
        Assert.Equal(new Uri(gateway.Url, "/"), url);
        using var caller = await browser.GetAsync(new Uri(gateway.Url, "/v1/caller"));
        return JsonElement.Parse(await caller.Content.ReadAsStringAsync(Cancelled));
    }
}
