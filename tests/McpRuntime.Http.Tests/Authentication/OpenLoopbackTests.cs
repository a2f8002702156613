using System.Net;
using McpRuntime.Configuration;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Authentication;

/// <summary>
/// The open loopback mode: an explicit choice, for MCP alone, refused where others are expected to call.
/// </summary>
public class OpenLoopbackTests
{
    private static readonly (string Name, string Value) Open = ("AUTHENTICATION", "open-loopback");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/mcp")]
    [InlineData("/projects/p/mcp")]
    public async Task By_default_no_one_calls_without_a_token(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, Modern("tools/list", path: path)));
        foreach (var health in new[] { "/health", "/v1/tools", "/metrics" })
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await StatusAsync(gateway, new HttpRequestMessage(HttpMethod.Get, health))
            );
    }

    [Fact]
    public async Task Who_chooses_it_opens_MCP_and_health_and_nothing_else()
    {
        await using var gateway = await RunningGateway.StartAsync([Open]);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, Modern("tools/list")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, new HttpRequestMessage(HttpMethod.Get, "/health")));
        foreach (
            var path in new[] { "/v1/tools", "/v1/tokens", "/v1/runtime", "/v1/audit", "/v1/projects", "/metrics" }
        )
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await StatusAsync(gateway, new HttpRequestMessage(HttpMethod.Get, path))
            );
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Via", "1.1 proxy")]
    public async Task A_request_that_says_it_came_through_a_proxy_needs_a_token_there(string header, string value)
    {
        await using var gateway = await RunningGateway.StartAsync([Open]);
        var request = Modern("tools/list");
        request.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, request));
    }

    [Fact]
    public async Task A_wrong_token_is_not_made_good_by_it()
    {
        await using var gateway = await RunningGateway.StartAsync([Open]);
        var request = Modern("tools/list");
        request.Headers.Authorization = new("Bearer", "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, request));
    }

    [Theory]
    [InlineData("HOST", "0.0.0.0")]
    [InlineData("PUBLIC_URL", "https://mcp.example")]
    [InlineData("TRUSTED_PROXIES", "127.0.0.1/32")]
    [InlineData("JWT_AUTHORITY", "https://login.example")]
    [InlineData("JWT_SECRET_KEY", "q8Zf0sTnVw2LkXb7Rj5HcYp3MdGe9UaB")]
    [InlineData("ROLES_FILE", "roles.json")]
    public async Task It_is_refused_next_to_settings_that_are_for_other_callers(string name, string value)
    {
        var refused = await Assert.ThrowsAsync<SettingsException>(() =>
            RunningGateway.StartAsync([Open, (name, value)])
        );

        Assert.Contains("MCP_RUNTIME_" + name, refused.Message, StringComparison.Ordinal);
        Assert.Contains("open-loopback needs no token", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_former_mode_is_refused_with_what_to_write_instead()
    {
        var refused = await Assert.ThrowsAsync<SettingsException>(() =>
            RunningGateway.StartAsync([("AUTHENTICATION", "auto")])
        );

        Assert.Contains("open-loopback", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningGateway gateway, HttpRequestMessage request)
    {
        using var answer = await gateway.Anonymous.SendAsync(request, Cancelled);
        return answer.StatusCode;
    }
}
