using System.Net;
using System.Text;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>Handshakes, batches, media types and methods, at the socket.</summary>
public class HandshakeTests
{
    private const string List = """{"jsonrpc":"2.0","id":5,"method":"tools/list"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2026-07-28", "2025-11-25")]
    [InlineData("DRAFT-2026-v1", "2025-11-25")]
    public async Task Every_revision_is_answered_with_one_that_is_spoken(string asked, string agreed)
    {
        await using var gateway = await RunningGateway.StartAsync();

        var answer = await gateway.Client.JsonAsync(
            Post(
                Initialize(
                    $$""" "protocolVersion":"{{asked}}","capabilities":{"sampling":true},"clientInfo":{"name":"x","version":"1"} """
                )
            )
        );

        Assert.Equal(agreed, answer.GetProperty("result").GetProperty("protocolVersion").GetString());
        Assert.Equal(
            """{"resources":{},"tools":{"listChanged":true}}""",
            answer.GetProperty("result").GetProperty("capabilities").GetRawText()
        );
    }

    [Fact]
    public async Task A_failed_handshake_leaves_no_session()
    {
        await using var gateway = await RunningGateway.StartAsync([("MAX_SESSIONS_PER_CALLER", "1")]);
        for (var i = 0; i < 3; i++)
        {
            using var answer = await gateway.Client.SendAsync(
                Post(Initialize(""" "protocolVersion":"2025-06-18" """)),
                Cancelled
            );
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Mcp-Session-Id"));
            Assert.Contains("clientInfo", await answer.Content.ReadAsStringAsync(Cancelled));
        }

        Assert.Equal(0, gateway.App.Services.GetRequiredService<Http.Mcp.SessionTable>().Count);
    }

    [Fact]
    public async Task Without_sessions_no_changes_are_promised()
    {
        await using var gateway = await RunningGateway.StartAsync([("STATELESS", "true")]);

        var answer = await gateway.Client.JsonAsync(
            Post(
                Initialize(
                    """ "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"x","version":"1"} """
                )
            )
        );

        Assert.Equal(
            """{"resources":{},"tools":{}}""",
            answer.GetProperty("result").GetProperty("capabilities").GetRawText()
        );
        Assert.Equal(
            2,
            (
                await gateway.Client.JsonAsync(
                    Post("[" + List + ",{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"ping\"}]")
                )
            ).GetArrayLength()
        );
        await MethodAsync(gateway, HttpMethod.Get, 405, "POST");
        await MethodAsync(gateway, HttpMethod.Delete, 405, "POST");
    }

    [Fact]
    public async Task A_batch_is_answered_in_the_revision_that_has_them()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        var session = await gateway.Client.InitializeAsync("2025-03-26");

        var answer = await gateway.Client.JsonAsync(
            Post(
                """[{"jsonrpc":"2.0","id":1,"method":"ping"},7,{"jsonrpc":"2.0","id":"b","method":"tools/call","params":{"name":"get_item","arguments":{"id":7}}}]""",
                session: session
            )
        );
        using var notifications = await gateway.Client.SendAsync(
            Post("""[{"jsonrpc":"2.0","method":"notifications/x"}]""", session: session),
            Cancelled
        );

        var replies = answer.EnumerateArray().ToDictionary(reply => reply.GetProperty("id").GetRawText());
        Assert.True(replies["1"].TryGetProperty("result", out _));
        Assert.Contains("lamp", replies["\"b\""].Text());
        Assert.Equal(-32600, replies["null"].ErrorCode());
        Assert.Equal(HttpStatusCode.Accepted, notifications.StatusCode);
        Assert.Equal(-32600, (await gateway.Client.JsonAsync(Post("[]", session: session), 400)).ErrorCode());
        Assert.Equal(-32600, (await gateway.Client.JsonAsync(Post($"[{List}]"), 400)).ErrorCode());
        var later = await gateway.Client.InitializeAsync("2025-06-18");
        Assert.Equal(-32600, (await gateway.Client.JsonAsync(Post($"[{List}]", session: later), 400)).ErrorCode());
    }

    [Fact]
    public async Task A_batch_counts_as_many_requests_as_it_holds()
    {
        await using var gateway = await RunningGateway.StartAsync([("RATE_LIMIT_REQUESTS_PER_MINUTE", "10")]);
        var session = await gateway.Client.InitializeAsync("2025-03-26");
        var batch =
            $"[{string.Join(',', Enumerable.Range(0, 20).Select(id => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"ping"}"""))}]";

        await gateway.Client.JsonAsync(Post(batch, session: session), 429);
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/*, text/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("Application/JSON;q=0.5", "application/json")]
    [InlineData("application/*", "application/json")]
    [InlineData("*/*, text/event-stream;q=0", "application/json")]
    [InlineData("text/event-stream", "text/event-stream")]
    [InlineData("text/*;q=0.1", "text/event-stream")]
    [InlineData("*/*;q=0.5, application/json;q=0", "text/event-stream")]
    public async Task The_answer_is_of_a_type_that_the_client_takes(string? accept, string type)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var session = await gateway.Client.InitializeAsync();
        foreach (
            var request in new[]
            {
                Post(List, session: session),
                Modern("tools/list"),
                Post(
                    Initialize(
                        """ "protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"} """
                    )
                ),
            }
        )
        {
            request.Headers.Remove("Accept");
            if (accept is not null)
                request.Headers.TryAddWithoutValidation("Accept", accept);
            using var answer = await gateway.Client.SendAsync(request, Cancelled);
            var text = await answer.Content.ReadAsStringAsync(Cancelled);
            Assert.True(answer.IsSuccessStatusCode, text);
            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains("\"result\"", text);
            Assert.Equal(
                type == "text/event-stream",
                text.StartsWith("event: message\ndata: {", StringComparison.Ordinal)
            );
        }
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json;q=0, text/event-stream;q=0")]
    [InlineData("*/*;q=0")]
    public async Task A_client_that_takes_neither_gets_406(string accept)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var request = Modern("tools/list");
        request.Headers.Remove("Accept");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        Assert.Equal(-32600, (await gateway.Client.JsonAsync(request, 406)).ErrorCode());
    }

    [Fact]
    public async Task A_subscription_needs_a_stream()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var request = Modern("subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}");
        request.Headers.Remove("Accept");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");

        await gateway.Client.JsonAsync(request, 406);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    [InlineData("PROPFIND")]
    public async Task An_unknown_method_is_405_with_those_that_exist(string method)
    {
        await using var gateway = await RunningGateway.StartAsync();

        await MethodAsync(gateway, new HttpMethod(method), 405, "DELETE, GET, POST");
    }

    [Fact]
    public async Task GET_without_a_session_is_405_and_DELETE_400()
    {
        await using var gateway = await RunningGateway.StartAsync();

        await MethodAsync(gateway, HttpMethod.Get, 405, "DELETE, POST");
        await MethodAsync(gateway, HttpMethod.Get, 405, "POST", New);
        await MethodAsync(gateway, HttpMethod.Delete, 400, "");
        await MethodAsync(gateway, HttpMethod.Delete, 405, "POST", New);
        Assert.Equal(-32600, (await gateway.Client.JsonAsync(Post(List), 400)).ErrorCode());
    }

    [Fact]
    public async Task A_byte_order_mark_does_not_matter()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var request = Modern("tools/list");
        var body = await request.Content!.ReadAsByteArrayAsync(Cancelled);
        request.Content = new ByteArrayContent([.. Encoding.UTF8.Preamble, .. body]);
        request.Content.Headers.ContentType = new("application/json");

        Assert.NotEmpty((await gateway.Client.JsonAsync(request)).ToolNames());
    }

    [Fact]
    public async Task The_lists_of_revisions_agree()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var request = Modern("tools/list");
        request.Headers.Remove("MCP-Protocol-Version");
        request.Headers.Add("MCP-Protocol-Version", "2099-01-01");

        var refused = (await gateway.Client.JsonAsync(request, 400))
            .GetProperty("error")
            .GetProperty("data")
            .GetProperty("supported");
        var discovered = (await gateway.Client.JsonAsync(Modern("server/discover")))
            .GetProperty("result")
            .GetProperty("supportedVersions");

        Assert.Equal(discovered.GetRawText(), refused.GetRawText());
    }

    private static string Initialize(string members) =>
        $$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{ {{members}} } }""";

    private static async Task MethodAsync(
        RunningGateway gateway,
        HttpMethod method,
        int status,
        string allow,
        string? revision = null
    )
    {
        using var request = new HttpRequestMessage(method, "/mcp");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (revision is not null)
            request.Headers.Add("MCP-Protocol-Version", revision);
        using var answer = await gateway.Client.SendAsync(request, Cancelled);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(allow, string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }
}
