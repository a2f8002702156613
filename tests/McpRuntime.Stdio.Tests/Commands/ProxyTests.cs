using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary>Calls through the proxy that the usual variables name.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Call_goes_through_the_proxy()
    {
        await using var proxy = RecordingUpstream.Start(UpstreamAnswer.Json("""{"by":"proxy"}"""));
        _runtime.Environment["HTTP_PROXY"] = _runtime.Environment["http_proxy"] = proxy.Url.ToString();

        var output = await CallAsync("http://api.example");

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Contains("\"proxy\"", output.Out, StringComparison.Ordinal);
        Assert.Equal("GET http://api.example/answer HTTP/1.1", proxy.Request.RequestLine);
    }

    [Theory]
    [InlineData("http://169.254.169.254", "cloud metadata service")]
    [InlineData("http://10.0.0.7", "private address")]
    [InlineData("http://[::ffff:10.0.0.7]", "private address")]
    public async Task Addresses_are_judged_before_the_proxy_gets_them(string baseUrl, string expected)
    {
        await using var proxy = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        _runtime.Environment["HTTP_PROXY"] = _runtime.Environment["http_proxy"] = proxy.Url.ToString();

        var output = await CallAsync(baseUrl);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains(expected, output.ToString(), StringComparison.Ordinal);
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task Proxy_that_opens_no_tunnel_is_named()
    {
        await using var proxy = RecordingUpstream.Start(UpstreamAnswer.Empty(502));
        _runtime.Environment["HTTPS_PROXY"] = _runtime.Environment["https_proxy"] = proxy.Url.ToString();

        var output = await CallAsync("https://api.example");

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains(
            "The proxy refused the connection to https://api.example",
            output.ToString(),
            StringComparison.Ordinal
        );
        Assert.All(proxy.Requests, request => Assert.Equal("CONNECT api.example:443 HTTP/1.1", request.RequestLine));
    }

    [Fact]
    public async Task Loopback_and_what_NO_PROXY_lists_are_called_directly()
    {
        await using var proxy = RecordingUpstream.Start(UpstreamAnswer.Empty(500));
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        _runtime.Environment["HTTP_PROXY"] = _runtime.Environment["http_proxy"] = proxy.Url.ToString();
        _runtime.Environment["NO_PROXY"] = _runtime.Environment["no_proxy"] = "unknown.invalid";
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";

        var loopback = await CallAsync(upstream.Url.ToString().TrimEnd('/'));
        var listed = await CallAsync("http://unknown.invalid");

        Assert.True(loopback.ExitCode == 0, loopback.ToString());
        Assert.Contains("has no address", listed.ToString(), StringComparison.Ordinal);
        Assert.Empty(proxy.Requests);
    }

    private Task<ProcessOutput> CallAsync(string baseUrl)
    {
        _runtime.AddConnector(
            "api",
            $$"""
            connector:
              manifest_version: 2
              name: api
              version: 1.0.0
              base_url: {{baseUrl}}
              limits: { max_attempts: 1 }
              tools:
              - { name: answer, description: Answers., endpoint: GET /answer, arguments: { }, input_schema: { type: object } }
            """
        );
        return _runtime.RunAsync(["call", "answer"], TestContext.Current.CancellationToken);
    }
}
