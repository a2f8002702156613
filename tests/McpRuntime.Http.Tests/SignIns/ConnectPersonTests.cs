using System.Net;
using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>A person shows that a link is theirs by signing in at the issuer, without a token at hand.</summary>
public sealed partial class ConnectPersonTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_signs_in_comes_back_to_the_link_and_connects_the_account()
    {
        await using var issuer = new StandInProvider();
        await using var made = await StartAsync(issuer);
        using var client = Client(made, issuer, "42");
        var ann = new ConnectCaller(client, "", "");
        var link = await ann.LinkAsync();
        using var browser = new ConnectBrowser();

        var back = await SignInAsync(browser, link);

        Assert.Equal(link, back);
        using var page = await browser.SendAsync(Followed(link));
        Assert.Contains("Continue as", await page.Content.ReadAsStringAsync(Cancelled));
        using var proved = await browser.SendAsync(OfForm(link));
        var confirm = ConnectBrowser.PageOf(link, "confirm");
        Assert.Equal((HttpStatusCode.SeeOther, confirm.AbsolutePath), (proved.StatusCode, Location(proved)));
        using var choice = await browser.GetAsync(confirm);
        using var begun = await browser.PostAsync(
            confirm,
            "value",
            ConnectBrowser.ValueOf(await choice.Content.ReadAsStringAsync(Cancelled))
        );
        using var consented = await browser.GetAsync(begun.Headers.Location!);
        using var ended = await browser.GetAsync(consented.Headers.Location!);
        Assert.Equal(ConnectBrowser.PageOf(link, "done").AbsolutePath, Location(ended));
        Assert.False((await ann.CallAsync()).IsError);
    }

    [Fact]
    public async Task Someone_else_who_signs_in_is_refused_and_the_link_stays_good()
    {
        await using var issuer = new StandInProvider();
        await using var made = await StartAsync(issuer);
        // The issuer's person is 42, the link is of 43.
        using var client = Client(made, issuer, "43");
        var link = await new ConnectCaller(client, "", "").LinkAsync();
        using var browser = new ConnectBrowser();
        await SignInAsync(browser, link);

        using var proved = await browser.SendAsync(OfForm(link));
        using var choice = await browser.GetAsync(ConnectBrowser.PageOf(link, "confirm"));
        using var still = await browser.GetAsync(link);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (proved.StatusCode, choice.StatusCode));
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", "cross-site", 403)]
    [InlineData("null", "cross-site", 403)]
    [InlineData(null, null, 401)]
    [InlineData("null", "same-origin", 303)]
    public async Task The_session_proves_nothing_for_a_form_of_another_site(string? origin, string? site, int status)
    {
        await using var issuer = new StandInProvider();
        await using var made = await StartAsync(issuer);
        using var client = Client(made, issuer, "42");
        var link = await new ConnectCaller(client, "", "").LinkAsync();
        using var browser = new ConnectBrowser();
        await SignInAsync(browser, link);

        using var proved = await browser.SendAsync(OfForm(link, origin, site));

        Assert.Equal(status, (int)proved.StatusCode);
    }

    [Fact]
    public async Task Without_a_client_at_the_issuer_the_page_asks_for_the_token_alone()
    {
        await using var issuer = new StandInProvider();
        await using var made = await ConnectGateway.StartAsync(
            settings: [("JWT_AUTHORITY", issuer.Issuer), ("JWT_AUDIENCE", "us"), ("JWT_ROLES_CLAIM", "roles")]
        );
        using var client = Client(made, issuer, "42");
        using var browser = new ConnectBrowser();

        using var page = await browser.GetAsync(await new ConnectCaller(client, "", "").LinkAsync());

        Assert.DoesNotMatch(SignInLink(), await page.Content.ReadAsStringAsync(Cancelled));
    }

    [Theory]
    [InlineData("/mcp/shop", 303)]
    [InlineData("/mcp/shop/", 303)]
    [InlineData("/mcp", 303)]
    [InlineData("/mcp/other", 401)]
    [InlineData("/projects/p/mcp", 401)]
    public async Task A_jwt_for_the_endpoint_of_the_connector_proves_its_caller_and_for_another_one_does_not(
        string audience,
        int status
    )
    {
        await using var issuer = new StandInProvider();
        await using var made = await ConnectGateway.StartAsync(
            settings:
            [
                ("JWT_AUTHORITY", issuer.Issuer),
                ("JWT_ROLES_CLAIM", "roles"),
                ("PUBLIC_URL", "https://mcp.example"),
            ]
        );
        using var client = Client(made, issuer, "42", "https://mcp.example");
        var (_, text) = await new ConnectCaller(client, "", "").CallAsync();
        var link = new Uri(made.Gateway.Url, new Uri(AnyLink().Match(text).Value).AbsolutePath);
        using var browser = new ConnectBrowser();

        using var proved = await browser.PostAsync(
            link,
            "token",
            Token(issuer, "42", $"https://mcp.example{audience}")
        );

        Assert.Equal(status, (int)proved.StatusCode);
    }

    private static Task<ConnectGateway> StartAsync(StandInProvider issuer)
    {
        issuer.Claims = claims => new(claims) { ["roles"] = new[] { "user" } };
        return ConnectGateway.StartAsync(
            settings:
            [
                ("JWT_AUTHORITY", issuer.Issuer),
                ("JWT_AUDIENCE", "us"),
                ("JWT_ROLES_CLAIM", "roles"),
                ("SIGN_IN_CLIENT_ID", "my-client"),
            ]
        );
    }

    private static HttpClient Client(
        ConnectGateway made,
        StandInProvider issuer,
        string subject,
        string audience = "us"
    )
    {
        var client = new HttpClient { BaseAddress = made.Gateway.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token(issuer, subject, audience));
        return client;
    }

    private static string Token(StandInProvider issuer, string subject, string audience) =>
        issuer.Sign(
            new
            {
                iss = issuer.Issuer,
                aud = audience,
                exp = 4_000_000_000L,
                sub = subject,
                roles = "user",
            }
        );

    // By the link that the page offers; where the browser is in the end.
    private static async Task<Uri> SignInAsync(ConnectBrowser browser, Uri link)
    {
        using var page = await browser.GetAsync(link);
        var offered = SignInLink().Match(await page.Content.ReadAsStringAsync(Cancelled)).Groups[1].Value;
        var url = new Uri(link, WebUtility.HtmlDecode(offered));
        foreach (var _ in new[] { 1, 2, 3 })
        {
            using var answer = await browser.GetAsync(url);
            Assert.True(
                answer.StatusCode == HttpStatusCode.SeeOther || answer.Headers.Location is not null,
                browser.Pages[^1]
            );
            url = new Uri(url, answer.Headers.Location!);
        }
        return url;
    }

    // As the browser sends it after the redirects of the issuer.
    private static HttpRequestMessage Followed(Uri link)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.Add("Sec-Fetch-Dest", "document");
        return request;
    }

    private static HttpRequestMessage OfForm(Uri link, string? origin = "null", string? site = "same-origin")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, link)
        {
            Content = new FormUrlEncodedContent([new("token", "")]),
        };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        return request;
    }

    private static string? Location(HttpResponseMessage answer) => answer.Headers.Location?.ToString();

    [GeneratedRegex("href=\"(/sign-in[^\"]+)\"")]
    private static partial Regex SignInLink();

    [GeneratedRegex("https://mcp.example/connect/[A-Za-z0-9_-]{43}")]
    private static partial Regex AnyLink();
}
