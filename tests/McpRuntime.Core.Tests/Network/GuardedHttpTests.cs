using System.Net;
using McpRuntime.Network;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Network;

public sealed class GuardedHttpTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loopback_is_refused_before_anything_is_sent()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Empty());
        using var http = new GuardedHttp();
        var error = await Assert.ThrowsAsync<HttpRequestException>(() =>
            SendAsync(http, AddressPolicy.PublicOnly, upstream.Url)
        );
        Assert.Contains(
            "loopback",
            Assert.IsType<AddressRefusedException>(error.InnerException).Message,
            StringComparison.Ordinal
        );
        Assert.Empty(upstream.Requests);
        Assert.Equal(0, upstream.Connections);
    }

    [Fact]
    public async Task Approved_host_is_called()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Empty());
        using var http = new GuardedHttp();
        using var answer = await SendAsync(http, new AddressPolicy([], ["127.0.0.1"]), upstream.Url);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Connection_of_an_approved_connector_does_not_serve_another()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Empty());
        using var http = new GuardedHttp();
        using var answer = await SendAsync(http, new AddressPolicy([], ["127.0.0.1"]), upstream.Url);
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(http, AddressPolicy.PublicOnly, upstream.Url));
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task Name_is_resolved_once_so_that_a_second_answer_cannot_differ()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Empty());
        var answers = new Queue<string>(["127.0.0.1", "169.254.169.254"]);
        using var http = new GuardedHttp(
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]),
            proxy: null
        );
        var url = new UriBuilder(upstream.Url) { Host = "rebind.example" }.Uri;
        using var answer = await SendAsync(http, new AddressPolicy([], ["rebind.example"]), url);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Single(answers);
    }

    [Fact]
    public async Task Bad_addresses_of_a_name_are_left_out()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Empty());
        using var http = new GuardedHttp(
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("169.254.169.254"), IPAddress.Loopback]),
            proxy: null
        );
        var url = new UriBuilder(upstream.Url) { Host = "mixed.example" }.Uri;
        using var answer = await SendAsync(http, new AddressPolicy([], ["mixed.example"]), url);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Redirects_are_not_followed_and_cookies_not_kept()
    {
        await using var upstream = RecordingUpstream.Start(
            new UpstreamAnswer(302, [], "Location: /elsewhere", "Set-Cookie: a=b; Path=/"),
            UpstreamAnswer.Empty()
        );
        using var http = new GuardedHttp();
        var policy = new AddressPolicy([], ["127.0.0.1"]);
        using var first = await SendAsync(http, policy, upstream.Url);
        using var second = await SendAsync(http, policy, upstream.Url);
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(2, upstream.Requests.Count);
        Assert.Empty(upstream.Requests[1].Header("Cookie"));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://10.0.0.7/")]
    [InlineData("http://metadata.google.internal/")]
    public async Task Literal_targets_are_judged_before_they_go_to_a_proxy(string target)
    {
        await using var proxy = RecordingUpstream.Start(UpstreamAnswer.Empty());
        using var http = new GuardedHttp(Dns.GetHostAddressesAsync, new WebProxy(proxy.Url));
        await Assert.ThrowsAsync<AddressRefusedException>(() =>
            SendAsync(http, AddressPolicy.PublicOnly, new Uri(target))
        );
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task Proxy_itself_may_be_private()
    {
        await using var proxy = RecordingUpstream.Start(UpstreamAnswer.Empty());
        using var http = new GuardedHttp(Dns.GetHostAddressesAsync, new WebProxy(proxy.Url));
        using var answer = await SendAsync(http, AddressPolicy.PublicOnly, new Uri("http://api.example/pets"));
        Assert.Equal("GET http://api.example/pets HTTP/1.1", proxy.Request.RequestLine);
    }

    [Fact]
    public async Task Loopback_targets_never_go_to_a_proxy()
    {
        await using var proxy = RecordingUpstream.Start(UpstreamAnswer.Empty(500));
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Empty());
        using var http = new GuardedHttp(Dns.GetHostAddressesAsync, new WebProxy(proxy.Url));
        using var answer = await SendAsync(http, new AddressPolicy([], ["127.0.0.1"]), upstream.Url);
        Assert.Empty(proxy.Requests);
        Assert.Single(upstream.Requests);
    }

    private static async Task<HttpResponseMessage> SendAsync(GuardedHttp http, AddressPolicy policy, Uri url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        return await http.For(policy).SendAsync(request, CancellationToken);
    }
}
