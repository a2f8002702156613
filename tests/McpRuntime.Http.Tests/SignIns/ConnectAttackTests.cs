using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Web;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>Links, cookies and answers in the wrong hands connect nothing, and show nothing.</summary>
public sealed class ConnectAttackTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guessed_link_is_unknown()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        await ann.LinkAsync();
        using var browser = new ConnectBrowser();
        var guessed = new Uri(made.Gateway.Url, $"/connect/{Base64Url.EncodeToString(new byte[32])}");

        using var shown = await browser.GetAsync(guessed);
        using var proved = await browser.PostAsync(guessed, "token", ann.Token);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (shown.StatusCode, proved.StatusCode));
    }

    [Fact]
    public async Task A_forwarded_link_is_of_no_use_to_another_caller_and_stays_good_for_its_own()
    {
        await using var made = await ConnectGateway.StartAsync();
        var (ann, bob) = (await made.CallerAsync(), await made.CallerAsync("admin"));
        var link = await ann.LinkAsync();
        using var browser = new ConnectBrowser();

        using var shown = await browser.GetAsync(link);
        using var proved = await browser.PostAsync(link, "token", bob.Token);
        using var choice = await browser.GetAsync(ConnectBrowser.PageOf(link, "confirm"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (shown.StatusCode, proved.StatusCode));
        Assert.Equal(HttpStatusCode.Forbidden, choice.StatusCode);
        Assert.All(browser.Pages, page => Assert.DoesNotContain(ann.Id["token:".Length..], page));
        Assert.Empty(browser.Cookies.GetAllCookies());
        using var own = new ConnectBrowser();
        await own.ConnectAsync(link, ann.Token);
    }

    [Fact]
    public async Task A_wrong_token_proves_nothing()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        var link = await ann.LinkAsync();
        using var browser = new ConnectBrowser();

        foreach (var token in new[] { "", "guessed", ann.Token[..^1], ann.Token + "x" })
        {
            using var proved = await browser.PostAsync(link, "token", token);
            Assert.Equal(HttpStatusCode.Unauthorized, proved.StatusCode);
        }

        Assert.Empty(browser.Cookies.GetAllCookies());
    }

    [Fact]
    public async Task Tokens_cannot_be_tried_without_end()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        var link = await ann.LinkAsync();
        using var browser = new ConnectBrowser();
        for (var i = 0; i < 20; i++)
            (await browser.PostAsync(link, "token", $"guess-{i}")).Dispose();

        using var proved = await browser.PostAsync(link, "token", ann.Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, proved.StatusCode);
    }

    [Fact]
    public async Task A_link_that_was_used_is_good_for_nothing()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        var link = await ann.LinkAsync();
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(link, ann.Token);

        using var shown = await browser.GetAsync(link);
        using var proved = await browser.PostAsync(link, "token", ann.Token);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (shown.StatusCode, proved.StatusCode));
    }

    [Fact]
    public async Task A_link_and_what_it_began_end_after_ten_minutes()
    {
        var time = new FrozenTime();
        await using var made = await ConnectGateway.StartAsync(change: parts => parts with { Time = time });
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var link = await ann.LinkAsync();
        var back = await browser.ConsentAsync(link, ann.Token);
        time.Advance(TimeSpan.FromMinutes(10));

        using var shown = await browser.GetAsync(link);
        using var ended = await browser.GetAsync(back);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (shown.StatusCode, ended.StatusCode));
        AssertNoCodeWasUsed(made);
    }

    [Fact]
    public async Task An_answer_without_the_cookie_or_with_another_browsers_is_refused()
    {
        await using var made = await ConnectGateway.StartAsync();
        var (ann, bob) = (await made.CallerAsync(), await made.CallerAsync());
        using var annBrowser = new ConnectBrowser();
        using var bobBrowser = new ConnectBrowser();
        using var empty = new ConnectBrowser();
        var back = await annBrowser.ConsentAsync(await ann.LinkAsync(), ann.Token);
        // The attacker's answer opened by a victim who has a sign-in under way, and by one who has none.
        await bobBrowser.ConsentAsync(await bob.LinkAsync(), bob.Token);

        foreach (var browser in new[] { empty, bobBrowser })
        {
            using var ended = await browser.GetAsync(back);
            Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
        }

        AssertNoCodeWasUsed(made);
        Assert.True((await ann.CallAsync()).IsError);
        Assert.True((await bob.CallAsync()).IsError);
        using var own = await annBrowser.GetAsync(back);
        Assert.Equal(HttpStatusCode.SeeOther, own.StatusCode);
    }

    [Fact]
    public async Task A_cookie_that_was_changed_is_none()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var back = await browser.ConsentAsync(await ann.LinkAsync(), ann.Token);
        var cookie = browser.Cookies.GetAllCookies().Single();
        cookie.Value = cookie.Value[..^8] + (cookie.Value[^8] == 'A' ? 'B' : 'A') + cookie.Value[^7..];

        using var ended = await browser.GetAsync(back);

        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
        AssertNoCodeWasUsed(made);
    }

    [Theory]
    [InlineData("state", "changed")]
    [InlineData("state", null)]
    public async Task An_answer_with_another_state_is_refused_and_costs_nothing(string name, string? value)
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var back = await browser.ConsentAsync(await ann.LinkAsync(), ann.Token);

        using var ended = await browser.GetAsync(With(back, name, value));

        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
        AssertNoCodeWasUsed(made);
        using var own = await browser.GetAsync(back);
        Assert.Equal(HttpStatusCode.SeeOther, own.StatusCode);
    }

    [Fact]
    public async Task An_answer_of_another_issuer_is_refused()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var back = await browser.ConsentAsync(await ann.LinkAsync(), ann.Token);

        using var ended = await browser.GetAsync(With(back, "iss", "https://evil.example"));

        Assert.Equal(HttpStatusCode.Conflict, ended.StatusCode);
        AssertNoCodeWasUsed(made);
        Assert.True((await ann.CallAsync()).IsError);
    }

    [Fact]
    public async Task Of_two_answers_one_is_used()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var back = await browser.ConsentAsync(await ann.LinkAsync(), ann.Token);

        var answers = await Task.WhenAll(browser.GetAsync(back), browser.GetAsync(back));
        using var late = await browser.GetAsync(back);

        Assert.Equal(
            [HttpStatusCode.SeeOther, HttpStatusCode.Forbidden],
            answers.Select(answer => answer.StatusCode).OrderBy(status => status)
        );
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
        Assert.Single(made.Provider.Requests, request => request.Target == "/token");
    }

    [Theory]
    [InlineData("guessed")]
    [InlineData("")]
    public async Task Forms_without_the_value_of_the_page_do_nothing(string value)
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var link = await ann.LinkAsync();
        await browser.ProveAsync(link, ann.Token);

        using var begun = await browser.PostAsync(ConnectBrowser.PageOf(link, "confirm"), "value", value);

        Assert.Equal(HttpStatusCode.Forbidden, begun.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", "cross-site", 403)]
    [InlineData("null", "cross-site", 403)]
    [InlineData("null", "", 403)]
    [InlineData("null", "same-origin", 303)]
    public async Task Forms_of_other_sites_are_refused(string origin, string site, int status)
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, await ann.LinkAsync());
        request.Content = new FormUrlEncodedContent([new("token", ann.Token)]);
        request.Headers.Add("Origin", origin);
        if (site.Length > 0)
            request.Headers.Add("Sec-Fetch-Site", site);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var answer = await client.SendAsync(request, Cancelled);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task No_secret_is_in_the_log_the_audit_the_database_or_a_page()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var link = await ann.LinkAsync();
        await browser.ConnectAsync(link, ann.Token);
        Assert.False((await ann.CallAsync()).IsError);
        var audit = await made.Gateway.Client.GetStringAsync("/v1/audit?limit=1000", Cancelled);
        await made.Gateway.StopAsync();

        var authorize = made.Provider.Requests.Single(request =>
            request.Target.StartsWith("/authorize", StringComparison.Ordinal)
        );
        var redeem = made.Provider.Requests.Single(request => request.Target == "/token");
        var ticket = link.Segments[^1];
        string?[] secrets =
        [
            .. made.Provider.Secrets,
            HttpUtility.ParseQueryString(new Uri(made.Gateway.Url, authorize.Target).Query)["state"],
            HttpUtility.ParseQueryString(new Uri(made.Gateway.Url, authorize.Target).Query)["nonce"],
            HttpUtility.ParseQueryString(redeem.BodyText)["code_verifier"],
            ann.Token,
            ticket,
        ];
        var database = string.Concat(
            Directory
                .GetFiles(made.Home.PathOf("data", "gateway"), "gateway.db*")
                .Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)))
        );
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(ticket))), database);
        var log = await made.Gateway.EndAsync();
        foreach (var secret in secrets)
        {
            Assert.False(string.IsNullOrEmpty(secret));
            foreach (var text in browser.Pages.Concat([log, audit, database]))
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    private static void AssertNoCodeWasUsed(ConnectGateway made) =>
        Assert.DoesNotContain(made.Provider.Requests, request => request.Target == "/token");

    private static Uri With(Uri url, string name, string? value)
    {
        var query = HttpUtility.ParseQueryString(url.Query);
        query[name] = value;
        if (value is null)
            query.Remove(name);
        return new UriBuilder(url) { Query = query.ToString() }.Uri;
    }
}
