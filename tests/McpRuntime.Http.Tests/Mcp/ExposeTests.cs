using System.Text.Json;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>Tools behind search tools are those of the caller's roles, whichever way the request comes.</summary>
public class ExposeTests
{
    private const string Search = "/mcp?expose=search";

    private static readonly string[] Tools = ["get_item", "add_item", "delete_item"];

    private static readonly string[] CallTools = ["call_read_tool", "call_write_tool", "call_destructive_tool"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // Each of the three call tools is tried with each tool: only the right one calls, and only what the role may call.
    [Theory]
    [InlineData("reader", "get_item")]
    [InlineData("editor", "get_item add_item")]
    [InlineData("user", "get_item add_item delete_item")]
    [InlineData("adder", "add_item")]
    [InlineData("elsewhere", "")]
    public async Task A_role_reaches_by_the_call_tools_what_it_reaches_directly(string role, string allowed)
    {
        await using var upstream = Manifests.Upstream();
        using var home = Home(upstream.Url);
        await using var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("ROLES_FILE", home.PathOf("roles.json"))],
            home
        );
        using var client = await gateway.ClientAsync(role);
        var session = await client.InitializeAsync(path: Search);

        var called = new List<string>();
        for (var tool = 0; tool < Tools.Length; tool++)
        {
            for (var caller = 0; caller < CallTools.Length; caller++)
            {
                var arguments =
                    $$"""{"name":"{{Tools[tool]}}","arguments":{{(tool == 1 ? """{"item":{}}""" : """{"id":7}""")}} }""";
                var inSession = Post(
                    $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{CallTools[caller]}}}","arguments":{{{arguments}}} } }""",
                    Search,
                    session
                );
                foreach (var request in new[] { Call(CallTools[caller], arguments, Search), inSession })
                {
                    var result = (await client.JsonAsync(request)).GetProperty("result");
                    var isCalled = !result.TryGetProperty("isError", out _);
                    Assert.Equal(tool == caller && allowed.Contains(Tools[tool], StringComparison.Ordinal), isCalled);
                    if (isCalled)
                        called.Add(Tools[tool]);
                }
            }
        }
        Assert.Equal(
            allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(tool => new[] { tool, tool }),
            called
        );
        Assert.Equal(called.Count, upstream.Requests.Count);
        var readOnly = allowed == "get_item" ? upstream.Requests.Where(request => request.Method != "GET") : [];
        Assert.Empty(readOnly);
    }

    [Theory]
    [InlineData("reader", "get_item")]
    [InlineData("adder", "add_item")]
    public async Task Nothing_is_found_or_described_that_a_role_may_not_call(string role, string only)
    {
        using var home = Home(new Uri("http://127.0.0.1:9"));
        await using var gateway = await RunningGateway.StartAsync([("ROLES_FILE", home.PathOf("roles.json"))], home);
        using var client = await gateway.ClientAsync(role);
        var found = (await client.JsonAsync(Call("search_tools", """{"resource":"items"}""", Search))).Text();
        var described = (
            await client.JsonAsync(
                Call("describe_tools", """{"names":["get_item","add_item","delete_item"]}""", Search)
            )
        ).Text();
        foreach (var tool in Tools)
        {
            Assert.Equal(tool == only, found.Contains($"{tool}(", StringComparison.Ordinal));
            Assert.Equal(tool == only, described.Contains($"{tool}(", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_url_chooses_and_the_setting_is_the_default()
    {
        using var home = Home(new Uri("http://127.0.0.1:9"));
        await using (var gateway = await RunningGateway.StartAsync([("BUILTIN_TOOLS", "false")], home))
        {
            using var client = await gateway.ClientAsync("user");
            Assert.Equal(["read_result", .. Tools], (await client.JsonAsync(Modern("tools/list"))).ToolNames());
            Assert.Equal(
                ["read_result", .. Tools],
                (await client.JsonAsync(Modern("tools/list", path: "/mcp?expose=auto"))).ToolNames()
            );
            Assert.Equal(
                $"search_tools describe_tools {string.Join(' ', CallTools)} read_result",
                string.Join(' ', (await client.JsonAsync(Modern("tools/list", path: Search))).ToolNames())
            );
            Assert.Equal(
                6,
                (await client.JsonAsync(Modern("tools/list", path: "/mcp/shop?expose=search"))).ToolNames().Count()
            );
            Assert.Contains(
                "'all', 'search' or 'auto'",
                (await client.JsonAsync(Modern("tools/list", path: "/mcp?expose=some"), 400))
                    .GetProperty("detail")
                    .GetString(),
                StringComparison.Ordinal
            );
        }
        await using (
            var gateway = await RunningGateway.StartAsync(
                [("BUILTIN_TOOLS", "false"), ("EXPOSE", "search"), ("STATELESS", "true")],
                home
            )
        )
        {
            using var client = await gateway.ClientAsync("user");
            Assert.Equal(
                6,
                (await client.JsonAsync(Post("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""))).ToolNames().Count()
            );
            Assert.Equal(
                ["read_result", .. Tools],
                (await client.JsonAsync(Modern("tools/list", path: "/mcp?expose=all"))).ToolNames()
            );
        }
    }

    [Fact]
    public async Task Dialect_and_confirmation_are_those_of_the_settings()
    {
        using var home = Home(new Uri("http://127.0.0.1:9"));
        await using var gateway = await RunningGateway.StartAsync(
            [("SCHEMA_PROFILE", "plain"), ("CONFIRM_DESTRUCTIVE", "true")],
            home
        );
        using var client = await gateway.ClientAsync("user");
        var tools = (await client.JsonAsync(Modern("tools/list")))
            .GetProperty("result")
            .GetProperty("tools")
            .EnumerateArray()
            .ToDictionary(tool => tool.GetProperty("name").GetString()!);

        // A body of any shape is a text of JSON, and objects are closed.
        var added = tools["add_item"].GetProperty("inputSchema");
        Assert.False(added.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal("string", added.GetProperty("properties").GetProperty("item").GetProperty("type").GetString());
        Assert.True(
            tools["delete_item"].GetProperty("_meta").GetProperty("anthropic/requiresUserInteraction").GetBoolean()
        );
        Assert.False(tools["add_item"].GetProperty("_meta").TryGetProperty("anthropic/requiresUserInteraction", out _));
    }

    [Fact]
    public async Task Rest_lists_and_calls_every_tool_and_the_audit_names_what_was_called()
    {
        await using var upstream = Manifests.Upstream();
        using var home = Home(upstream.Url);
        await using var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("EXPOSE", "search"), ("STATELESS", "true")],
            home
        );
        using var client = await gateway.ClientAsync("user");
        var listed = JsonElement.Parse(await client.GetStringAsync("/v1/tools", Cancelled)).GetProperty("tools");
        Assert.Equal(Tools, listed.EnumerateArray().Select(tool => tool.GetProperty("name").GetString()));
        await client.JsonAsync(
            new HttpRequestMessage(HttpMethod.Post, "/v1/tools/get_item")
            {
                Content = new StringContent("""{"id":7}""", null, "application/json"),
            }
        );
        await client.JsonAsync(
            new HttpRequestMessage(HttpMethod.Post, "/v1/tools/call_read_tool")
            {
                Content = new StringContent("{}", null, "application/json"),
            },
            404
        );
        await client.JsonAsync(
            Post(
                """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"call_read_tool","arguments":{"name":"get_item","arguments":{"id":8}}}}"""
            )
        );
        Assert.Equal(["/items/7", "/items/8"], upstream.Requests.Select(request => request.Target));
        await gateway.StopAsync();
        await using var again = await RunningGateway.StartAsync(home: home);
        var entries = JsonElement
            .Parse(await again.Client.GetStringAsync("/v1/audit", Cancelled))
            .GetProperty("entries")
            .EnumerateArray();
        Assert.Equal(
            ["shop:get_item", "shop:get_item"],
            entries
                .Where(entry => entry.GetProperty("action").GetString() == "tool.call")
                .Select(entry => entry.GetProperty("target").GetString())
        );
    }

    private static TemporaryFolder Home(Uri api)
    {
        var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(api));
        home.Write(
            "roles.json",
            """
            {"roles": {"editor": {"connectors": ["sh*"], "access": "write"}, "adder": {"tools": ["add_*"], "access": "destructive"},
             "elsewhere": {"connectors": ["crm"], "access": "destructive"}}}
            """
        );
        return home;
    }
}
