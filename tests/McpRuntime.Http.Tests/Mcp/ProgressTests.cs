using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>Progress over HTTP: events before the answer, in a session and without one.</summary>
public class ProgressTests
{
    private const string Path = "/mcp?expose=search";

    private const string Call =
        """ "name":"call_read_tool","arguments":{"name":"get_item","arguments":{"id":7},"max_items":5} """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_with_a_progress_token_is_told_before_the_answer(bool isModern)
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        using var client = await gateway.ClientAsync("user");

        var text = await SendAsync(client, isModern, ",\"progressToken\":\"t\"");
        var progress = text.IndexOf("notifications/progress", StringComparison.Ordinal);
        Assert.InRange(progress, 0, text.IndexOf("\"result\":", StringComparison.Ordinal));

        var silent = await SendAsync(client, isModern, "");
        Assert.DoesNotContain("notifications/progress", silent, StringComparison.Ordinal);
        Assert.Contains("\"result\":", silent, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(HttpClient client, bool isModern, string meta)
    {
        var session = isModern ? null : await client.InitializeAsync(path: Path);
        var own = isModern
            ? "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}"
            : "\"x\":1";
        using var request = Post(
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{ {{{Call}}},"_meta":{ {{{own}}}{{{meta}}} } } }""",
            Path,
            session
        );
        if (isModern)
        {
            request.Headers.Add("MCP-Protocol-Version", New);
            request.Headers.Add("Mcp-Method", "tools/call");
            request.Headers.Add("Mcp-Name", "call_read_tool");
        }
        using var answer = await client.SendAsync(request, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
