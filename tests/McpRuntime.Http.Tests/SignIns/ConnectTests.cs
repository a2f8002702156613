using System.Net;
using McpRuntime.Http.Tests.Storage;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>Callers connect their accounts by the links of their calls.</summary>
public sealed class ConnectTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_callers_connect_and_each_uses_only_their_own_account(bool isPostgres)
    {
        await using var made = await ConnectGateway.StartAsync(
            database: isPostgres ? await postgres.CreateDatabaseAsync() : null
        );
        var (ann, bob) = (await made.CallerAsync(), await made.CallerAsync());
        using var annBrowser = new ConnectBrowser();
        using var bobBrowser = new ConnectBrowser();

        var done = await annBrowser.ConnectAsync(await ann.LinkAsync(), ann.Token);
        Assert.Contains("ann@example.test", done);
        Assert.True((await bob.CallAsync()).IsError);
        await bobBrowser.ConnectAsync(await bob.LinkAsync(), bob.Token);

        Assert.False((await ann.CallAsync()).IsError);
        Assert.False((await bob.CallAsync()).IsError);
        var tokens = made.Provider.Secrets.Where(secret => secret.StartsWith("access-", StringComparison.Ordinal));
        Assert.Equal(
            tokens.Select(token => $"Bearer {token}"),
            made.Api.Requests.SelectMany(request => request.Header("Authorization"))
        );
        var entries = await Audit.EntriesAsync(
            made.Gateway.Client,
            entry => entry.Text("action") == "sign_in.connect",
            least: 2
        );
        Assert.Equal([ann.Id, bob.Id], entries.Select(entry => entry.Text("caller")).Reverse());
        Assert.All(entries, entry => Assert.Equal("ok", entry.Text("outcome")));
    }

    [Fact]
    public async Task The_page_says_what_is_connected_before_the_provider_is_asked()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();

        var page = await browser.ProveAsync(await ann.LinkAsync(), ann.Token);

        Assert.Contains("shop", page);
        Assert.Contains(made.Provider.Issuer, page);
        Assert.Contains("openid", page);
        Assert.Contains("Only your own calls", page);
        Assert.DoesNotContain(made.Provider.Requests, request =>
            request.Target.StartsWith("/authorize", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_shared_account_is_connected_by_those_alone_who_have_the_right()
    {
        await using var made = await ConnectGateway.StartAsync("shared");
        var (user, admin) = (await made.CallerAsync(), await made.CallerAsync("admin"));

        var (_, text) = await user.CallAsync();
        Assert.DoesNotMatch(ConnectCaller.Link(), text);
        Assert.Contains("right 'credentials'", text);
        using var browser = new ConnectBrowser();
        var link = await admin.LinkAsync();
        // Nor by another who has it: the link is of its caller.
        using var refused = await browser.PostAsync(link, "token", (await made.CallerAsync("admin")).Token);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await browser.ConnectAsync(link, admin.Token);

        Assert.False((await user.CallAsync()).IsError);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_sign_ins_of_one_browser_at_once_are_two(bool isOtherOrder)
    {
        await using var made = await ConnectGateway.StartAsync();
        var (ann, bob) = (await made.CallerAsync(), await made.CallerAsync());
        using var browser = new ConnectBrowser();
        var links = new[] { (Link: await ann.LinkAsync(), ann.Token), (Link: await bob.LinkAsync(), bob.Token) };
        var answers = new List<Uri>();
        foreach (var (link, token) in links)
            answers.Add(await browser.ConsentAsync(link, token));
        if (isOtherOrder)
            answers.Reverse();

        foreach (var answer in answers)
        {
            using var ended = await browser.GetAsync(answer);
            Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        }

        foreach (var (link, _) in links)
        {
            using var done = await browser.GetAsync(ConnectBrowser.PageOf(link, "done"));
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        }
        Assert.False((await ann.CallAsync()).IsError);
        Assert.False((await bob.CallAsync()).IsError);
        Assert.Equal(2, made.Api.Requests.SelectMany(request => request.Header("Authorization")).Distinct().Count());
    }

    [Fact]
    public async Task A_browser_keeps_the_newest_of_many_sign_ins()
    {
        var time = new FrozenTime();
        await using var made = await ConnectGateway.StartAsync(change: parts => parts with { Time = time });
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var first = await ann.LinkAsync();
        await browser.ProveAsync(first, ann.Token);
        for (var i = 0; i < 8; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await browser.ProveAsync(await ann.LinkAsync(), ann.Token);
        }

        using var forgotten = await browser.GetAsync(ConnectBrowser.PageOf(first, "confirm"));

        Assert.Equal(HttpStatusCode.Forbidden, forgotten.StatusCode);
        Assert.Equal(8, browser.Cookies.GetAllCookies().Count);
    }

    [Fact]
    public async Task An_account_is_disconnected_and_ended_at_its_provider()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var link = await ann.LinkAsync();
        var done = await browser.ConnectAsync(link, ann.Token);

        using var refused = await browser.PostAsync(ConnectBrowser.PageOf(link, "disconnect"), "value", "guessed");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.False((await ann.CallAsync()).IsError);
        using var ended = await browser.PostAsync(
            ConnectBrowser.PageOf(link, "disconnect"),
            "value",
            ConnectBrowser.ValueOf(done)
        );

        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.True((await ann.CallAsync()).IsError);
        Assert.Contains(made.Provider.Requests, request => request.Target == "/revoke");
    }

    [Fact]
    public async Task A_provider_that_the_operator_did_not_approve_is_not_asked()
    {
        await using var made = await ConnectGateway.StartAsync(isApproved: false);
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        using var proved = await browser.PostAsync(await ann.LinkAsync(), "token", ann.Token);

        using var page = await browser.GetAsync(new Uri(made.Gateway.Url, proved.Headers.Location!));

        Assert.Equal(HttpStatusCode.Conflict, page.StatusCode);
        var text = await page.Content.ReadAsStringAsync(Cancelled);
        Assert.Contains("MCP_RUNTIME_CREDENTIAL__SHOP__PERSON__ORIGINS", text);
        Assert.Contains(made.Provider.Issuer, text);
        Assert.DoesNotContain(made.Provider.Requests, request =>
            request.Target.StartsWith("/authorize", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Every_page_is_kept_nowhere_runs_no_script_and_tells_no_one_where_it_was()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        var link = await ann.LinkAsync();
        await browser.ConnectAsync(link, ann.Token);
        var done = ConnectBrowser.PageOf(link, "done").AbsolutePath;
        var paths = new[] { "/connect/none", "/connect/confirm/none", "/connect/callback", done };

        foreach (var url in paths.Select(path => new Uri(link, path)).Append(await UnusedLinkAsync()))
        {
            using var page = await browser.GetAsync(url);
            Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
            Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
            var policy = page.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.DoesNotContain("script-src", policy);
            Assert.DoesNotContain("<script", await page.Content.ReadAsStringAsync(Cancelled));
        }

        async Task<Uri> UnusedLinkAsync() => await (await made.CallerAsync()).LinkAsync();
    }
}
