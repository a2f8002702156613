using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Web;
using McpRuntime.Http.Tests.SignIns;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.SignInPages;

/// <summary>Answers, tokens and links in the wrong hands sign no one in, and lead nowhere else.</summary>
public sealed class SignInAttackTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attackers_answer_does_not_sign_a_victims_browser_in()
    {
        await using var made = await SignInGateway.StartAsync();
        using var attacker = new ConnectBrowser();
        using var victim = new ConnectBrowser();
        using var idle = new ConnectBrowser();
        var forwarded = await made.ConsentAsync(attacker);
        // The one has a sign-in of its own under way, the other none.
        await made.ConsentAsync(victim);

        foreach (var browser in new[] { victim, idle })
        {
            using var ended = await browser.GetAsync(forwarded);
            Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
            Assert.Null(await made.CallerAsync(browser));
        }

        AssertNoCodeWasUsed(made);
    }

    [Fact]
    public async Task A_changed_or_missing_state_is_refused_and_costs_nothing()
    {
        await using var made = await SignInGateway.StartAsync();
        using var browser = new ConnectBrowser();
        var back = await made.ConsentAsync(browser);

        foreach (var state in new[] { "changed", null, "" })
        {
            using var refused = await browser.GetAsync(With(back, "state", state));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        AssertNoCodeWasUsed(made);
        using var doubled = await browser.GetAsync(new Uri(back + "&state=x"));
        Assert.Equal(HttpStatusCode.Forbidden, doubled.StatusCode);

        using var ended = await browser.GetAsync(back);
        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
    }

    [Fact]
    public async Task An_answer_is_good_once_also_with_the_cookie_of_before()
    {
        await using var made = await SignInGateway.StartAsync();
        using var browser = new ConnectBrowser();
        var back = await made.ConsentAsync(browser);
        using var thief = new ConnectBrowser();
        foreach (Cookie cookie in browser.Cookies.GetAllCookies())
            thief.Cookies.Add(made.Gateway.Url, new Cookie(cookie.Name, cookie.Value));
        using var ended = await browser.GetAsync(back);
        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);

        using var again = await browser.GetAsync(back);
        using var replayed = await thief.GetAsync(back);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (again.StatusCode, replayed.StatusCode));
        Assert.Null(await made.CallerAsync(thief));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("")]
    public async Task An_answer_of_another_issuer_is_refused(string issuer)
    {
        await using var made = await SignInGateway.StartAsync();
        using var browser = new ConnectBrowser();

        using var ended = await browser.GetAsync(With(await made.ConsentAsync(browser), "iss", issuer));

        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
        AssertNoCodeWasUsed(made);
    }

    [Fact]
    public async Task An_issuer_that_always_names_itself_must()
    {
        await using var made = await SignInGateway.StartAsync();
        made.Issuer.ResponseIssuer = made.Issuer.Issuer;
        using var browser = new ConnectBrowser();
        var back = await made.ConsentAsync(browser);

        using var without = await browser.GetAsync(With(back, "iss", null));

        Assert.Equal(HttpStatusCode.Forbidden, without.StatusCode);
        AssertNoCodeWasUsed(made);
        Assert.Equal("/", await made.SignInAsync(browser));
    }

    [Theory]
    [InlineData("nonce", "another")]
    [InlineData("nonce", null)]
    [InlineData("aud", "another-client")]
    [InlineData("azp", "another-client")]
    [InlineData("iss", "https://evil.example")]
    [InlineData("exp", 1_000_000_000L)]
    [InlineData("exp", null)]
    [InlineData("sub", null)]
    public async Task An_id_token_with_another_claim_proves_nothing(string claim, object? value)
    {
        await using var made = await SignInGateway.StartAsync();
        made.Issuer.Claims = claims => new(claims) { [claim] = value };
        using var browser = new ConnectBrowser();

        using var ended = await browser.GetAsync(await made.ConsentAsync(browser));

        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
        Assert.Null(await made.CallerAsync(browser));
    }

    [Theory]
    [InlineData("""{"alg":"none"}""", false)]
    [InlineData("""{"alg":"HS256"}""", false)]
    [InlineData("""{"alg":"RS256","kid":"stand-in"}""", true)]
    public async Task An_id_token_counts_with_the_issuers_signature_alone(string header, bool isForged)
    {
        await using var made = await SignInGateway.StartAsync(
            settings: [("JWT_SECRET_KEY", "a key of the gateway that signs nothing of an issuer")]
        );
        await using var forger = new StandInProvider();
        made.Issuer.IdentityHeader = header;
        if (isForged)
            made.Issuer.Identity = token => token[..token.LastIndexOf('.')] + forger.Sign(new { })[^343..];
        using var browser = new ConnectBrowser();

        using var ended = await browser.GetAsync(await made.ConsentAsync(browser));

        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
        Assert.Null(await made.CallerAsync(browser));
    }

    [Fact]
    public async Task A_person_who_says_no_is_not_signed_in()
    {
        await using var made = await SignInGateway.StartAsync();
        made.Issuer.Redirect = url => With(With(new Uri(url), "code", null), "error", "access_denied").AbsoluteUri;
        using var browser = new ConnectBrowser();

        using var ended = await browser.GetAsync(await made.ConsentAsync(browser));

        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
        Assert.Contains("denied", await ended.Content.ReadAsStringAsync(Cancelled));
        Assert.Null(await made.CallerAsync(browser));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData(" /evil.example")]
    [InlineData("/a b")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("")]
    [InlineData("/ä")]
    public async Task A_link_that_leads_elsewhere_afterwards_is_refused_before_anything(string back)
    {
        await using var made = await SignInGateway.StartAsync();
        using var browser = new ConnectBrowser();

        using var begun = await browser.GetAsync(made.UrlOf($"/sign-in?return={Uri.EscapeDataString(back)}"));

        Assert.Equal(HttpStatusCode.BadRequest, begun.StatusCode);
        Assert.Null(begun.Headers.Location);
        Assert.Empty(browser.Cookies.GetAllCookies());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/connect/abc?x=%2f%2fevil.example#part")]
    public async Task A_path_of_the_gateway_is_where_the_browser_comes_back_to(string back)
    {
        await using var made = await SignInGateway.StartAsync();
        using var browser = new ConnectBrowser();

        Assert.Equal(back, await made.SignInAsync(browser, $"/sign-in?return={Uri.EscapeDataString(back)}"));
    }

    [Fact]
    public async Task A_sign_in_ends_after_ten_minutes_and_a_session_after_eight_hours()
    {
        var time = new FrozenTime();
        await using var made = await SignInGateway.StartAsync(parts => parts with { Time = time });
        using var browser = new ConnectBrowser();
        var back = await made.ConsentAsync(browser);
        time.Advance(TimeSpan.FromMinutes(10));
        using var late = await browser.GetAsync(back);
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);

        using var other = new ConnectBrowser();
        await made.SignInAsync(other);
        var copy = Copy(other, made);
        time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(1));
        Assert.NotNull(await made.CallerAsync(copy));
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await made.CallerAsync(copy));
    }

    [Fact]
    public async Task A_session_ends_with_the_token_that_proved_it()
    {
        var time = new FrozenTime();
        await using var made = await SignInGateway.StartAsync(parts => parts with { Time = time });
        made.Issuer.Claims = claims =>
            new(claims) { ["exp"] = (time.GetUtcNow() + TimeSpan.FromHours(1)).ToUnixTimeSeconds() };
        using var browser = new ConnectBrowser();
        await made.SignInAsync(browser);
        var copy = Copy(browser, made);
        Assert.NotNull(await made.CallerAsync(copy));

        time.Advance(TimeSpan.FromHours(1));

        Assert.Null(await made.CallerAsync(copy));
    }

    [Fact]
    public async Task No_secret_is_in_the_log_the_audit_or_a_page()
    {
        await using var made = await SignInGateway.StartAsync();
        made.Issuer.Claims = claims => new(claims) { ["roles"] = new[] { "admin" } };
        using var browser = new ConnectBrowser();
        var back = await made.ConsentAsync(browser);
        using (await browser.GetAsync(With(back, "iss", "https://evil.example"))) { }
        await made.SignInAsync(browser);
        using var audit = await browser.GetAsync(made.UrlOf("/v1/audit?limit=1000"));
        Assert.Equal(HttpStatusCode.OK, audit.StatusCode);
        var query = HttpUtility.ParseQueryString(back.Query);
        var verifiers = made
            .Issuer.Requests.Where(request => request.Target == "/token")
            .Select(request => HttpUtility.ParseQueryString(request.BodyText)["code_verifier"]!);
        var cookies = browser.Cookies.GetAllCookies().Select(cookie => cookie.Value);
        await made.Gateway.StopAsync();

        string[] secrets = [.. made.Issuer.Secrets, query["state"]!, .. verifiers, .. cookies];
        Assert.True(secrets.Length >= 6);
        var log = await made.Gateway.EndAsync();
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, log);
            Assert.All(browser.Pages, page => Assert.DoesNotContain(secret, page));
        }
    }

    [Fact]
    public async Task No_span_has_a_code_a_state_or_where_the_browser_comes_back_to()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "McpRuntime.Calls",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var made = await SignInGateway.StartAsync();
        using var browser = new ConnectBrowser();
        var back = await made.ConsentAsync(browser, "/sign-in?return=%2Fconnect%2Fof-a-ticket");
        using (await browser.GetAsync(back)) { }
        await made.Gateway.StopAsync();

        var texts = spans.Select(span => string.Join(' ', span.TagObjects) + span.DisplayName).ToList();
        Assert.True(texts.Count >= 2);
        var state = HttpUtility.ParseQueryString(back.Query)["state"]!;
        foreach (var secret in made.Issuer.Secrets.Append(state).Append("of-a-ticket"))
            Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal));
    }

    // Without the end that browsers know: the server must not believe that they forget.
    private static ConnectBrowser Copy(ConnectBrowser browser, SignInGateway made)
    {
        var copy = new ConnectBrowser();
        var cookie = browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == "mcp-runtime");
        Assert.True(cookie.HttpOnly);
        copy.Cookies.Add(made.Gateway.Url, new Cookie(cookie.Name, cookie.Value));
        return copy;
    }

    private static Uri With(Uri url, string name, string? value)
    {
        var query = HttpUtility.ParseQueryString(url.Query);
        if (value is null)
            query.Remove(name);
        else
            query[name] = value;
        return new UriBuilder(url) { Query = query.ToString() }.Uri;
    }

    private static void AssertNoCodeWasUsed(SignInGateway made) =>
        Assert.DoesNotContain(made.Issuer.Requests, request => request.Target == "/token");
}
