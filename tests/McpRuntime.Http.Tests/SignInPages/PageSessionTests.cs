using System.Net;
using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Http.Tests.SignIns;

namespace McpRuntime.Http.Tests.SignInPages;

/// <summary>For what a browser's session counts: browsers send it by themselves, whoever made them ask.</summary>
public sealed class PageSessionTests
{
    private const string Allowed = "https://app.example";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/mcp")]
    [InlineData("/mcp/shop")]
    [InlineData("/projects/p/mcp")]
    [InlineData("/metrics")]
    public async Task It_never_counts_for_mcp_or_metrics(string path)
    {
        await using var made = await StartAsync();
        using var browser = await SignedInAsync(made);
        using var request =
            path == "/metrics" ? new HttpRequestMessage(HttpMethod.Get, path) : McpClientSide.Call("echo", "{}", path);
        request.RequestUri = made.UrlOf(path);
        request.Headers.Add("Origin", made.Gateway.Url.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("own", null, 201)]
    [InlineData("own", "same-origin", 201)]
    [InlineData(null, null, 401)]
    [InlineData(null, "same-origin", 401)]
    [InlineData(Allowed, "cross-site", 401)]
    [InlineData("https://evil.example", "cross-site", 403)]
    [InlineData("null", "cross-site", 403)]
    [InlineData("null", null, 403)]
    public async Task A_change_needs_the_gateways_own_page(string? origin, string? site, int status)
    {
        await using var made = await StartAsync();
        using var browser = await SignedInAsync(made);
        using var request = new HttpRequestMessage(HttpMethod.Post, made.UrlOf("/v1/runtime/tickets"));
        if (origin is not null)
            request.Headers.Add(
                "Origin",
                origin == "own" ? made.Gateway.Url.GetLeftPart(UriPartial.Authority) : origin
            );
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData("same-origin", 200)]
    [InlineData("none", 200)]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    public async Task Reading_does_not_count_for_other_sites(string? site, int status)
    {
        await using var made = await StartAsync();
        using var browser = await SignedInAsync(made);
        using var request = new HttpRequestMessage(HttpMethod.Get, made.UrlOf("/v1/tokens"));
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_does_not_read_with_it()
    {
        await using var made = await StartAsync();
        using var browser = await SignedInAsync(made);
        using var request = new HttpRequestMessage(HttpMethod.Get, made.UrlOf("/v1/tokens"));
        request.Headers.Add("Origin", Allowed);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task A_token_in_the_header_says_who_calls_also_when_it_is_refused()
    {
        await using var made = await StartAsync();
        using var browser = await SignedInAsync(made);
        using var reader = await made.Gateway.ClientAsync("reader");
        using var good = new HttpRequestMessage(HttpMethod.Get, made.UrlOf("/v1/caller"));
        good.Headers.Authorization = reader.DefaultRequestHeaders.Authorization;
        using var bad = new HttpRequestMessage(HttpMethod.Get, made.UrlOf("/v1/caller"));
        bad.Headers.Authorization = new("Bearer", "mcprt_guessed");

        using var known = await browser.SendAsync(good);
        using var refused = await browser.SendAsync(bad);

        Assert.Contains("apiToken", await known.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task A_cookie_that_was_changed_or_is_another_gateways_is_none()
    {
        await using var made = await StartAsync();
        await using var other = await StartAsync();
        using var browser = await SignedInAsync(made);
        var cookie = browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == "mcp-runtime");
        using var elsewhere = await browser.GetAsync(other.UrlOf("/v1/caller"));
        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
        Assert.NotNull(await made.CallerAsync(browser));

        cookie.Value = cookie.Value[..^8] + (cookie.Value[^8] == 'A' ? 'B' : 'A') + cookie.Value[^7..];

        Assert.Null(await made.CallerAsync(browser));
    }

    [Fact]
    public async Task The_cookie_of_a_sign_in_under_way_is_not_a_session()
    {
        await using var made = await StartAsync();
        using var browser = new ConnectBrowser();
        await made.ConsentAsync(browser);
        var pending = Assert.Single(browser.Cookies.GetAllCookies());
        browser.Cookies.Add(made.Gateway.Url, new Cookie("mcp-runtime", pending.Value));

        Assert.Null(await made.CallerAsync(browser));
    }

    [Fact]
    public async Task Where_the_gateway_is_reached_by_https_no_other_host_can_set_the_cookie()
    {
        await using var made = await SignInGateway.StartAsync(settings: [("PUBLIC_URL", "https://mcp.example")]);
        using var browser = new ConnectBrowser();

        using var begun = await browser.GetAsync(made.UrlOf("/sign-in"));

        var cookie = begun.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-mcp-runtime-sign-in=", cookie);
        Assert.Contains("; secure; samesite=lax; httponly", cookie);
        Assert.DoesNotContain("domain=", cookie);
    }

    private static Task<SignInGateway> StartAsync() =>
        SignInGateway.StartAsync(settings: [("ALLOWED_ORIGINS", Allowed)]);

    private static async Task<ConnectBrowser> SignedInAsync(SignInGateway made)
    {
        made.Issuer.Claims = claims => new(claims) { ["roles"] = new[] { "admin" } };
        var browser = new ConnectBrowser();
        await made.SignInAsync(browser);
        return browser;
    }
}
