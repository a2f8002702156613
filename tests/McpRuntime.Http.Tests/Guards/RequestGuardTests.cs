using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace McpRuntime.Http.Tests.Guards;

/// <summary>What a web page of someone else could make a browser send to the gateway.</summary>
public class RequestGuardTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "Host: evil.example", 403, "host-not-allowed")]
    [InlineData("GET", "Host: evil.example:8000", 403, "host-not-allowed")]
    [InlineData("GET", "Host: localhost.evil.example", 403, "host-not-allowed")]
    [InlineData("GET", "Host: 127.0.0.2", 403, "host-not-allowed")]
    [InlineData("GET", "Host: 127.0.0.1", 200, null)]
    [InlineData("GET", "Host: LOCALHOST:1", 200, null)]
    [InlineData("GET", "Host: 127.0.0.1|Origin: https://evil.example", 403, "origin-not-allowed")]
    [InlineData("GET", "Host: 127.0.0.1|Origin: null", 403, "origin-not-allowed")]
    [InlineData("GET", "Host: 127.0.0.1:8000|Origin: http://127.0.0.1:8000", 200, null)]
    [InlineData("GET", "Host: 127.0.0.1:8000|Origin: http://127.0.0.1:9000", 403, "origin-not-allowed")]
    [InlineData("GET", "Host: 127.0.0.1:8000|Origin: https://127.0.0.1:8000", 403, "origin-not-allowed")]
    [InlineData("GET", "Host: 127.0.0.1|Sec-Fetch-Site: cross-site", 403, "cross-site")]
    [InlineData("GET", "Host: 127.0.0.1|Sec-Fetch-Site: same-site", 403, "cross-site")]
    [InlineData("GET", "Host: 127.0.0.1|Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate", 403, "cross-site")]
    [InlineData("GET", "Host: 127.0.0.1|Sec-Fetch-Site: same-origin", 200, null)]
    [InlineData("GET", "Host: 127.0.0.1|Sec-Fetch-Site: none", 200, null)]
    [InlineData("POST", "Host: 127.0.0.1|Content-Type: text/plain|Content-Length: 0", 415, "unsupported-media-type")]
    [InlineData(
        "POST",
        "Host: 127.0.0.1|Content-Type: application/x-www-form-urlencoded|Content-Length: 0",
        415,
        "unsupported-media-type"
    )]
    [InlineData(
        "POST",
        "Host: 127.0.0.1|Content-Type: multipart/form-data; boundary=a|Content-Length: 0",
        415,
        "unsupported-media-type"
    )]
    [InlineData("POST", "Host: 127.0.0.1|Content-Length: 1||x", 415, "unsupported-media-type")]
    [InlineData("POST", "Host: 127.0.0.1|Transfer-Encoding: chunked||0||", 415, "unsupported-media-type")]
    [InlineData(
        "POST",
        "Host: 127.0.0.1|Content-Type: application/json|Content-Encoding: gzip|Content-Length: 0",
        415,
        "unsupported-encoding"
    )]
    public async Task A_request_is_judged_by_its_headers(string method, string headers, int status, string? problem)
    {
        await using var gateway = await RunningGateway.StartAsync();

        var answer = await SendAsync(
            gateway,
            $"{method} /health/live HTTP/1.1\r\nConnection: close\r\n{headers.Replace("|", "\r\n")}\r\n\r\n"
        );

        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        if (problem is not null)
            Assert.Contains($"\"urn:mcp-runtime:problem:{problem}\"", answer);
    }

    [Fact]
    public async Task A_listed_origin_may_call_and_ask_before()
    {
        await using var gateway = await RunningGateway.StartAsync([
            ("ALLOWED_ORIGINS", "https://app.example"),
            ("ALLOWED_HOSTS", "mcp.example"),
        ]);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/health/live");
        preflight.Headers.Host = "mcp.example";
        preflight.Headers.Add("Origin", "https://app.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization, mcp-method");

        using var answer = await gateway.Client.SendAsync(preflight, Cancelled);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(["https://app.example"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["authorization, mcp-method"], answer.Headers.GetValues("Access-Control-Allow-Headers"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task The_public_name_and_its_origin_are_allowed()
    {
        await using var gateway = await RunningGateway.StartAsync([("PUBLIC_URL", "https://mcp.example")]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = "mcp.example";
        request.Headers.Add("Origin", "https://mcp.example");

        using var answer = await gateway.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Every_response_carries_the_protective_headers_and_a_correlation_id()
    {
        await using var gateway = await RunningGateway.StartAsync();
        foreach (var path in new[] { "/health/live", "/nothing" })
        {
            using var answer = await gateway.Client.GetAsync(path, Cancelled);

            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["DENY"], answer.Headers.GetValues("X-Frame-Options"));
            Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
            Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Matches("^[0-9a-f]{32}$", answer.Headers.GetValues("X-Correlation-ID").Single());
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Theory]
    [InlineData("order-17.a_B", true)]
    [InlineData("a b", false)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", false)]
    public async Task A_plain_correlation_id_of_the_caller_is_kept(string id, bool kept)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing");
        request.Headers.Add("X-Correlation-ID", id);

        using var answer = await gateway.Client.SendAsync(request, Cancelled);

        Assert.Equal(kept, answer.Headers.GetValues("X-Correlation-ID").Single() == id);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(
            answer.Headers.GetValues("X-Correlation-ID").Single(),
            problem.RootElement.GetProperty("correlationId").GetString()
        );
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    private static async Task<string> SendAsync(RunningGateway gateway, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(gateway.Url.Host, gateway.Url.Port, Cancelled);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Cancelled);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancelled);
    }
}
