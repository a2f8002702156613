using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>One caller cannot take the sessions of others.</summary>
public class SessionLimitTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("MAX_SESSIONS_PER_CALLER", "2")]
    [InlineData("MAX_SESSIONS", "3")]
    public async Task A_caller_with_too_many_sessions_loses_its_own_longest_idle_one(string setting, string most)
    {
        await using var gateway = await RunningGateway.StartAsync([(setting, most)]);
        using var other = await gateway.ClientAsync("user");
        var kept = await other.InitializeAsync();
        var first = await gateway.Client.InitializeAsync();
        var second = await gateway.Client.InitializeAsync();

        var third = await gateway.Client.InitializeAsync();

        await ListAsync(gateway.Client, first, 404);
        await ListAsync(gateway.Client, second, 200);
        await ListAsync(gateway.Client, third, 200);
        await ListAsync(other, kept, 200);
    }

    [Fact]
    public async Task A_caller_whose_sessions_are_all_in_use_is_refused_and_others_are_not()
    {
        await using var gateway = await RunningGateway.StartAsync([("MAX_SESSIONS_PER_CALLER", "1")]);
        using var other = await gateway.ClientAsync("user");
        var session = await gateway.Client.InitializeAsync();
        using var listen = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        listen.Headers.Add("Mcp-Session-Id", session);
        listen.Headers.Accept.ParseAdd("text/event-stream");
        using var stream = await gateway.Client.SendAsync(listen, HttpCompletionOption.ResponseHeadersRead, Cancelled);

        var begun = await gateway.Client.JsonAsync(
            Post(
                """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"} } }"""
            ),
            429
        );
        var subscribed = await gateway.Client.JsonAsync(Modern("subscriptions/listen", "\"notifications\":{}"), 429);

        Assert.Contains("MCP_RUNTIME_MAX_SESSIONS_PER_CALLER", begun.GetProperty("error").Text("message"));
        Assert.Contains("MCP_RUNTIME_MAX_SESSIONS_PER_CALLER", subscribed.GetProperty("error").Text("message"));
        await other.InitializeAsync();
    }

    private static Task<System.Text.Json.JsonElement> ListAsync(HttpClient client, string session, int status) =>
        client.JsonAsync(Post("""{"jsonrpc":"2.0","id":5,"method":"tools/list"}""", session: session), status);
}
