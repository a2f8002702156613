using System.Net;
using System.Web;
using McpRuntime.Http.Tests.SignIns;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.SignInPages;

/// <summary>Of two issuers where people sign in, neither can answer for the other (RFC 9700 section 4.4).</summary>
public sealed class MixUpTests
{
    [Fact]
    public async Task Each_sends_its_answers_to_a_place_of_its_own_and_they_count_there_alone()
    {
        await using var pair = await Pair.StartAsync();
        using var browser = new ConnectBrowser();
        var asked = await AuthorizeAsync(pair, browser, issuer: 1);
        Assert.StartsWith(pair.Guests.Issuer, asked.AbsoluteUri);
        Assert.Equal(
            new Uri(pair.Gateway.Url, "/sign-in/callback/guests").ToString(),
            HttpUtility.ParseQueryString(asked.Query)["redirect_uri"]
        );
        using var consented = await browser.GetAsync(asked);
        var back = consented.Headers.Location!;

        foreach (var other in new[] { "/sign-in/callback", "/sign-in/callback/staff", "/sign-in/callback/none" })
        {
            using var mixed = await browser.GetAsync(new Uri(pair.Gateway.Url, other + back.Query));
            Assert.Equal(HttpStatusCode.Forbidden, mixed.StatusCode);
        }
        Assert.DoesNotContain(pair.Staff.Requests.Concat(pair.Guests.Requests), request => request.Target == "/token");

        using var ended = await browser.GetAsync(back);
        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        Assert.Single(pair.Guests.Requests, request => request.Target == "/token");
    }

    [Fact]
    public async Task A_code_of_one_is_never_sent_to_the_other()
    {
        await using var pair = await Pair.StartAsync();
        using var browser = new ConnectBrowser();
        // The one that was asked sends the browser on to the other, and gets the answer back for itself.
        pair.Guests.Redirect = url =>
            url.Replace("/sign-in/callback/guests?", "/sign-in/callback/staff?", StringComparison.Ordinal);
        using var consented = await browser.GetAsync(await AuthorizeAsync(pair, browser, issuer: 1));

        using var ended = await browser.GetAsync(consented.Headers.Location!);

        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
        Assert.DoesNotContain(pair.Staff.Requests, request => request.Target == "/token");
    }

    [Fact]
    public async Task An_id_token_of_one_does_not_count_for_the_other()
    {
        await using var pair = await Pair.StartAsync();
        using var browser = new ConnectBrowser();
        pair.Guests.Claims = claims => new(claims) { ["iss"] = pair.Staff.Issuer };
        using var consented = await browser.GetAsync(await AuthorizeAsync(pair, browser, issuer: 1));

        using var ended = await browser.GetAsync(consented.Headers.Location!);

        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
    }

    [Fact]
    public async Task Further_parameters_of_an_issuer_are_sent_to_it_alone()
    {
        await using var pair = await Pair.StartAsync();
        using var browser = new ConnectBrowser();

        var (staff, guests) = (await AuthorizeAsync(pair, browser, 0), await AuthorizeAsync(pair, browser, 1));

        Assert.Equal("https://mcp.example", HttpUtility.ParseQueryString(guests.Query)["audience"]);
        Assert.Null(HttpUtility.ParseQueryString(staff.Query)["audience"]);
    }

    private static async Task<Uri> AuthorizeAsync(Pair pair, ConnectBrowser browser, int issuer)
    {
        using var begun = await browser.GetAsync(new Uri(pair.Gateway.Url, $"/sign-in?issuer={issuer}"));
        Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
        return begun.Headers.Location!;
    }

    private sealed record Pair(StandInProvider Staff, StandInProvider Guests, RunningGateway Gateway) : IAsyncDisposable
    {
        public static async Task<Pair> StartAsync()
        {
            using var home = new TemporaryFolder();
            var (staff, guests) = (new StandInProvider(), new StandInProvider());
            var file = home.Write(
                "issuers.json",
                $$"""
                {"issuers":[
                  {"name":"staff","issuer":"{{staff.Issuer}}","signIn":{"clientId":"my-client"} },
                  {"name":"guests","issuer":"{{guests.Issuer}}",
                   "signIn":{"clientId":"my-client","parameters":{"audience":"https://mcp.example"} } } ] }
                """
            );
            return new Pair(staff, guests, await RunningGateway.StartAsync([("ISSUERS_FILE", file)]));
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Staff.DisposeAsync();
            await Guests.DisposeAsync();
        }
    }
}
