using System.Net;
using System.Net.Http.Headers;

namespace McpRuntime.Http.Tests.Page;

/// <summary>What is sent for the page; how it works in a browser is tested by McpRuntime.Browser.Tests.</summary>
public class PageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/page/app.js", "text/javascript")]
    [InlineData("/page/app.css", "text/css")]
    [InlineData("/page/icon.svg", "image/svg+xml")]
    public async Task The_page_runs_only_its_own_files_and_asks_no_one_else(string path, string mediaType)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync(path, Cancelled);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; ",
            policy,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotMatch("(src|href)=\"?http", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task The_page_itself_has_neither_script_nor_style()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var html = await gateway.Client.GetStringAsync("/", Cancelled);

        Assert.DoesNotMatch("<style|<script(?![^>]*src=)|\\son[a-z]+=|\\sstyle=", html);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/page/app.js")]
    public async Task What_a_browser_has_is_not_sent_again(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var first = await gateway.Client.GetAsync(path, Cancelled);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await gateway.Client.SendAsync(request, Cancelled);
        using var outdated = new HttpRequestMessage(HttpMethod.Get, path);
        outdated.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\""));
        using var third = await gateway.Client.SendAsync(outdated, Cancelled);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }
}
