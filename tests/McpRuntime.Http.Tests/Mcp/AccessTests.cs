using System.Net;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>
/// What a caller may not call is neither listed to it nor called for it, and a session is its caller's alone.
/// </summary>
public class AccessTests
{
    private const string List = """{"jsonrpc":"2.0","id":5,"method":"tools/list"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("admin", "get_item add_item delete_item", "get_item delete_item")]
    [InlineData("user", "get_item add_item delete_item", "get_item delete_item")]
    [InlineData("reader", "get_item", "get_item")]
    [InlineData("editor", "get_item add_item", "get_item")]
    [InlineData("adder", "add_item", "")]
    [InlineData("elsewhere", "", "")]
    [InlineData("projects", "", "")]
    public async Task Roles_decide_by_pattern_and_method(string role, string listed, string called)
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        var roles = home.Write(
            "roles.json",
            """
            {"roles": {"editor": {"connectors": ["sh*"], "access": "write"}, "adder": {"tools": ["add_*"], "access": "destructive"},
             "elsewhere": {"connectors": ["crm"], "access": "destructive"}, "projects": {"projects": ["*"], "access": "destructive"}}}
            """
        );
        await using var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("ROLES_FILE", roles), ("BUILTIN_TOOLS", "false")],
            home
        );
        using var client = await gateway.ClientAsync(role);

        if (role == "projects")
        {
            await client.JsonAsync(Modern("tools/list"), 404);
            return;
        }
        Assert.Equal(
            listed.Length == 0 ? "" : $"read_result {listed}",
            string.Join(' ', (await client.JsonAsync(Modern("tools/list"))).ToolNames())
        );
        foreach (var tool in new[] { "get_item", "delete_item" })
        {
            var answer = await client.JsonAsync(Call(tool, """{"id":7}"""));
            if (called.Contains(tool, StringComparison.Ordinal))
                Assert.False(answer.GetProperty("result").TryGetProperty("isError", out _));
            else
                Assert.Equal(-32602, answer.ErrorCode());
        }
        Assert.Equal(called.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, upstream.Requests.Count);
    }

    [Theory]
    [InlineData("reader", "- shop (1 tool)")]
    [InlineData("user", "- shop (3 tools)")]
    [InlineData("elsewhere", "No API is connected yet")]
    public async Task Instructions_are_made_of_what_the_caller_sees(string role, string expected)
    {
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(new Uri("http://127.0.0.1:9")));
        var roles = home.Write(
            "roles.json",
            """{"roles": {"elsewhere": {"connectors": ["crm"], "access": "destructive"}}}"""
        );
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback, ("ROLES_FILE", roles)], home);
        using var client = await gateway.ClientAsync(role);

        var hello = await client.JsonAsync(
            Post(
                """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"""
            )
        );
        var discovered = await client.JsonAsync(Modern("server/discover"));

        foreach (var answer in new[] { hello, discovered })
            Assert.Contains(
                expected,
                answer.GetProperty("result").GetProperty("instructions").GetString(),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task A_session_id_of_another_opens_nothing()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var ann = await gateway.ClientAsync("user");
        using var bob = await gateway.ClientAsync("user");
        var session = await ann.InitializeAsync();

        await bob.JsonAsync(Post(List, session: session), 404);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, "/mcp");
            request.Headers.Add("Mcp-Session-Id", session);
            request.Headers.Accept.ParseAdd("text/event-stream");
            using var answer = await bob.SendAsync(request, Cancelled);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        await ann.JsonAsync(Post(List, session: session));
    }

    [Fact]
    public async Task Every_call_is_in_the_audit_with_its_caller()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using (
            var gateway = await RunningGateway.StartAsync(
                [Manifests.Loopback, ("AUTHENTICATION", "open-loopback")],
                home
            )
        )
        {
            using var client = await gateway.ClientAsync("user");
            await client.JsonAsync(Call("get_item", """{"id":7}"""));
            await gateway.Anonymous.JsonAsync(Call("get_item", """{"id":"x"}"""));
            await gateway.StopAsync();
        }
        await using var again = await RunningGateway.StartAsync(home: home);

        var entries = System
            .Text.Json.JsonElement.Parse(await again.Client.GetStringAsync("/v1/audit", Cancelled))
            .GetProperty("entries");

        Assert.Equal(
            ["local tool.call shop:get_item error", "token tool.call shop:get_item ok 200"],
            entries
                .EnumerateArray()
                .SkipLast(1)
                .Select(entry =>
                    $"{entry.GetProperty("caller").GetString()!.Split(':')[0]} {entry.GetProperty("action")} {entry.GetProperty("target")} {entry.GetProperty("outcome")}"
                )
        );
        Assert.Equal("token.create", entries.EnumerateArray().Last().Text("action"));
    }
}
