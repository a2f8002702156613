using System.Net;
using System.Text.RegularExpressions;
using McpRuntime.Http.SignIns.Connecting;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>A browser of one user: it keeps cookies, and follows links only when it is told to.</summary>
internal sealed partial class ConnectBrowser : IDisposable
{
    private readonly HttpClient _client;

    public ConnectBrowser() =>
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies });

    public CookieContainer Cookies { get; } = new();

    /// <summary>Status and body of every page that was shown, for a search for secrets.</summary>
    public List<string> Pages { get; } = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(Uri url) => KeepAsync(_client.GetAsync(url, Cancelled));

    public async Task<HttpResponseMessage> PostAsync(Uri url, string name, string value)
    {
        using var form = new FormUrlEncodedContent([new(name, value)]);
        return await KeepAsync(_client.PostAsync(url, form, Cancelled));
    }

    /// <summary>As a script of a page does.</summary>
    public Task<HttpResponseMessage> PostAsync(Uri url, Uri page, string method = "POST")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), url);
        request.Headers.Add("Origin", page.GetLeftPart(UriPartial.Authority));
        return SendAsync(request);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        KeepAsync(_client.SendAsync(request, Cancelled));

    /// <summary>Shows the token, and opens the page with the choice.</summary>
    public async Task<string> ProveAsync(Uri link, string token)
    {
        using var proved = await PostAsync(link, "token", token);
        Assert.Equal(HttpStatusCode.SeeOther, proved.StatusCode);
        using var choice = await GetAsync(new Uri(link, proved.Headers.Location!));
        Assert.Equal(HttpStatusCode.OK, choice.StatusCode);
        return await choice.Content.ReadAsStringAsync(Cancelled);
    }

    /// <summary>Proves, confirms, consents at the provider; the URL that the provider sends the browser back to.</summary>
    public async Task<Uri> ConsentAsync(Uri link, string token)
    {
        var choice = await ProveAsync(link, token);
        using var begun = await PostAsync(PageOf(link, "confirm"), "value", ValueOf(choice));
        Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
        using var consented = await GetAsync(begun.Headers.Location!);
        return consented.Headers.Location!;
    }

    /// <summary>The whole way; the last page.</summary>
    public async Task<string> ConnectAsync(Uri link, string token)
    {
        using var ended = await GetAsync(await ConsentAsync(link, token));
        Assert.Equal(
            (HttpStatusCode.SeeOther, PageOf(link, "done").AbsolutePath),
            (ended.StatusCode, ended.Headers.Location!.ToString())
        );
        using var done = await GetAsync(PageOf(link, "done"));
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        return await done.Content.ReadAsStringAsync(Cancelled);
    }

    /// <summary>A page behind the link: confirm, done or disconnect.</summary>
    public static Uri PageOf(Uri link, string page) =>
        new(link, $"/connect/{page}/{ConnectTickets.HashOf(link.Segments[^1])[..16]}");

    /// <summary>What the page's forms send.</summary>
    public static string ValueOf(string page) => Value().Match(page).Groups[1].Value;

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> KeepAsync(Task<HttpResponseMessage> sent)
    {
        var answer = await sent;
        Pages.Add(await answer.Content.ReadAsStringAsync(Cancelled));
        return answer;
    }

    [GeneratedRegex("name=\"value\" value=\"([^\"]+)\"")]
    private static partial Regex Value();
}
