using System.Net;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>Both eras at one URL, at the socket.</summary>
public class McpEndpointTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_eras_list_and_call_the_same_tools()
    {
        await using var upstream = Manifests.Upstream();
        await using var gateway = await StartAsync(upstream);

        var discovered = await gateway.Client.JsonAsync(Modern("server/discover"));
        var modern = await gateway.Client.JsonAsync(Modern("tools/list"));
        var called = await gateway.Client.JsonAsync(Call("get_item", """{"id":7}"""));
        var session = await gateway.Client.InitializeAsync();
        var old = await gateway.Client.JsonAsync(
            Post("""{"jsonrpc":"2.0","id":5,"method":"tools/list"}""", session: session)
        );
        var answer = await gateway.Client.JsonAsync(
            Post(
                """{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"get_item","arguments":{"id":7}}}""",
                session: session
            )
        );

        Assert.Equal(New, discovered.GetProperty("result").GetProperty("supportedVersions")[0].GetString());
        Assert.Equal(
            ["echo", "hello", "get_time", "read_result", "get_item", "add_item", "delete_item"],
            modern.ToolNames()
        );
        Assert.Equal(modern.ToolNames(), old.ToolNames());
        Assert.Equal("complete", called.GetProperty("result").GetProperty("resultType").GetString());
        Assert.False(answer.GetProperty("result").TryGetProperty("resultType", out _));
        Assert.Equal("a", answer.GetProperty("id").GetString());
        Assert.Equal(1, called.GetProperty("id").GetInt32());
        Assert.Equal(
            ["GET /items/7 HTTP/1.1", "GET /items/7 HTTP/1.1"],
            upstream.Requests.Select(request => request.RequestLine)
        );
    }

    [Fact]
    public async Task The_token_of_the_client_is_not_sent_upstream()
    {
        await using var upstream = Manifests.Upstream();
        await using var gateway = await StartAsync(upstream);
        using var admin = gateway.Admin();

        await admin.JsonAsync(Call("get_item", """{"id":7}"""));

        Assert.DoesNotContain("mcprt_", upstream.Requests.Single().Text);
        Assert.Empty(upstream.Requests.Single().Header("Authorization"));
    }

    [Fact]
    public async Task One_connector_has_an_endpoint_of_its_own()
    {
        await using var upstream = Manifests.Upstream();
        await using var gateway = await StartAsync(upstream, ("@team/shop", "other"));

        var names = (await gateway.Client.JsonAsync(Modern("tools/list", path: "/mcp/@team/shop")))
            .ToolNames()
            .ToList();
        var session = await gateway.Client.InitializeAsync(path: "/mcp/@team/shop");

        Assert.True(names.Remove("read_result"));
        Assert.Equal(3, names.Count);
        Assert.All(names, name => Assert.Contains("__", name));
        await gateway.Client.JsonAsync(
            Post("""{"jsonrpc":"2.0","id":5,"method":"tools/list"}""", "/mcp/@team/shop", session)
        );
        await gateway.Client.JsonAsync(
            Post("""{"jsonrpc":"2.0","id":5,"method":"tools/list"}""", "/mcp", session),
            404
        );
        await gateway.Client.JsonAsync(Modern("tools/list", path: "/mcp/nobody"), 404);
    }

    [Theory]
    [InlineData("MCP-Protocol-Version", "2099-01-01", 400, -32022)]
    [InlineData("MCP-Protocol-Version", null, 400, -32020)]
    [InlineData("Mcp-Method", null, 400, -32020)]
    [InlineData("Mcp-Method", "tools/list", 400, -32020)]
    [InlineData("Mcp-Name", null, 400, -32020)]
    [InlineData("Mcp-Name", "hello", 400, -32020)]
    [InlineData("Mcp-Name", "=?base64?!?=", 400, -32020)]
    [InlineData("Accept", "text/html", 406, -32600)]
    public async Task Headers_must_say_what_the_body_says(string header, string? value, int status, int code)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var request = Call("echo", """{"message":"x"}""");
        request.Headers.Remove(header);
        if (value is not null)
            request.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(code, (await gateway.Client.JsonAsync(request, status)).ErrorCode());
    }

    [Theory]
    [InlineData(
        """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/clientCapabilities":{}}}}""",
        -32602
    )]
    [InlineData(
        """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""",
        -32602
    )]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", -32602)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"tools/list"}""", -32600)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"tools/list"}""", -32600)]
    [InlineData("""{"jsonrpc""", -32700)]
    public async Task A_message_that_is_none_gets_an_error(string body, int code)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var request = Post(body);
        request.Headers.Add("MCP-Protocol-Version", New);
        request.Headers.Add("Mcp-Method", "tools/list");

        Assert.Equal(code, (await gateway.Client.JsonAsync(request, 400)).ErrorCode());
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("initialize")]
    [InlineData("nonsense")]
    public async Task A_method_that_is_gone_is_not_found(string method)
    {
        await using var gateway = await RunningGateway.StartAsync();

        Assert.Equal(-32601, (await gateway.Client.JsonAsync(Modern(method), 404)).ErrorCode());
    }

    [Fact]
    public async Task A_session_needs_its_header_and_ends_by_DELETE()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var session = await gateway.Client.InitializeAsync();
        const string List = """{"jsonrpc":"2.0","id":5,"method":"tools/list"}""";

        await gateway.Client.JsonAsync(Post(List), 400);
        await gateway.Client.JsonAsync(Post(List, session: "guess"), 404);
        using var delete = new HttpRequestMessage(HttpMethod.Delete, "/mcp");
        delete.Headers.Add("Mcp-Session-Id", session);
        using var deleted = await gateway.Client.SendAsync(delete, Cancelled);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await gateway.Client.JsonAsync(Post(List, session: session), 404);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task The_new_revision_has_only_POST(string method)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/mcp");
        request.Headers.Add("MCP-Protocol-Version", New);

        using var answer = await gateway.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task Without_sessions_any_request_stands_alone()
    {
        await using var gateway = await RunningGateway.StartAsync([("STATELESS", "true")]);
        var begun = await gateway.Client.JsonAsync(
            Post(
                """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"""
            )
        );
        var list = Post("""{"jsonrpc":"2.0","id":5,"method":"tools/list"}""");
        list.Headers.Add("MCP-Protocol-Version", "2025-11-25");

        Assert.Equal("2025-11-25", begun.GetProperty("result").GetProperty("protocolVersion").GetString());
        Assert.Equal(["echo", "hello", "get_time"], (await gateway.Client.JsonAsync(list)).ToolNames());
        Assert.Equal(["echo", "hello", "get_time"], (await gateway.Client.JsonAsync(Modern("tools/list"))).ToolNames());
    }

    [Fact]
    public async Task Beyond_the_cap_the_longest_idle_session_ends()
    {
        await using var gateway = await RunningGateway.StartAsync([("MAX_SESSIONS", "2")]);
        const string List = """{"jsonrpc":"2.0","id":5,"method":"tools/list"}""";
        var first = await gateway.Client.InitializeAsync();
        var second = await gateway.Client.InitializeAsync();
        await gateway.Client.JsonAsync(Post(List, session: first));

        await gateway.Client.InitializeAsync();

        await gateway.Client.JsonAsync(Post(List, session: first));
        await gateway.Client.JsonAsync(Post(List, session: second), 404);
    }

    [Fact]
    public async Task Bodies_are_bounded_in_size_and_depth()
    {
        await using var gateway = await RunningGateway.StartAsync([("MAX_REQUEST_BYTES", "2048")]);

        await gateway.Client.JsonAsync(Post(new string(' ', 3000)), 413);
        var deep =
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"a":{{new string('[', 900)}}{{new string(']', 900)}} } }""";
        await gateway.Client.JsonAsync(Post(deep), 400);
        await gateway.Client.JsonAsync(Modern("tools/list"));
    }

    private static async Task<RunningGateway> StartAsync(
        RecordingUpstream upstream,
        params (string Name, string File)[] more
    )
    {
        var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        foreach (var (name, file) in more)
            home.Write($"connectors/{file}.yaml", Manifests.Shop(upstream.Url, name));
        return await RunningGateway.StartAsync([Manifests.Loopback], home);
    }
}
