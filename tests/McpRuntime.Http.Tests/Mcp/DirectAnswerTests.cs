using System.Net;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>Calls that are answered past the protocol library behave as if it had answered them.</summary>
public class DirectAnswerTests
{
    private const string Hello = """ "name":"get_item","arguments":{"id":7} """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("notification")]
    [InlineData("DELETE")]
    public async Task A_running_call_of_a_session_is_cancelled(string how)
    {
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var upstream = RecordingUpstream.Start(
            async (_, connection, cancellationToken) =>
            {
                begun.TrySetResult();
                // The other side closes the connection of a call that it gave up.
                Assert.Equal(0, await connection.Stream.ReadAsync(new byte[1], cancellationToken));
                ended.TrySetResult();
            }
        );
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        var session = await gateway.Client.InitializeAsync();
        using var call = Post(
            $$"""{"jsonrpc":"2.0","id":"c","method":"tools/call","params":{ {{Hello}} } }""",
            session: session
        );

        var calling = gateway.Client.SendAsync(call, Cancelled);
        await begun.Task.WaitAsync(ProcessRunner.HangGuard, Cancelled);
        using (
            var stop =
                how == "DELETE"
                    ? new HttpRequestMessage(HttpMethod.Delete, "/mcp") { Headers = { { "Mcp-Session-Id", session } } }
                    : Post(
                        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"c"}}""",
                        session: session
                    )
        )
        {
            using var noted = await gateway.Client.SendAsync(stop, Cancelled);
            Assert.True(noted.IsSuccessStatusCode);
        }
        await ended.Task.WaitAsync(ProcessRunner.HangGuard, Cancelled);
        using var answer = await calling;

        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled)));
    }

    [Fact]
    public async Task A_session_refuses_a_call_of_another_revision()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        var session = await gateway.Client.InitializeAsync();
        using var call = Post(
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{ {{Hello}} } }""",
            session: session
        );
        call.Headers.Add("MCP-Protocol-Version", "2025-06-18");

        var answer = await gateway.Client.JsonAsync(call);

        Assert.Equal(-32600, answer.ErrorCode());
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData("""{"io.modelcontextprotocol/clientCapabilities":{"roots":7}}""")]
    [InlineData(
        """{"io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":7}}"""
    )]
    public async Task Metadata_that_cannot_be_read_is_refused(string meta)
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        var all = meta.Replace(
            "{\"io",
            """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io""",
            StringComparison.Ordinal
        );
        using var call = Post(
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{ {{Hello}},"_meta":{{all}} } }"""
        );
        call.Headers.Add("MCP-Protocol-Version", New);
        call.Headers.Add("Mcp-Method", "tools/call");
        call.Headers.Add("Mcp-Name", "get_item");

        using var answer = await gateway.Client.SendAsync(call, Cancelled);

        Assert.Contains("\"error\"", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Empty(upstream.Requests);
    }
}
