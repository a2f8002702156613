using System.Text.Json;
using McpRuntime.Http.Hosting;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>
/// The official TypeScript clients, the older and the newer one, and the Inspector's command line, over HTTP.
/// </summary>
public class OfficialClientTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sdk1", "sdk", "2025-11-25")]
    [InlineData("legacy", "client", "2025-11-25")]
    [InlineData("auto", "client", "2026-07-28")]
    [InlineData("modern", "client", "2026-07-28")]
    public async Task A_session_lists_calls_and_hears_of_an_edited_manifest(
        string kind,
        string package,
        string revision
    )
    {
        External.Package("@modelcontextprotocol", package, "package.json");
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        var manifest = home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        var edited = home.Write(
            "edited.yaml",
            Manifests.Shop(upstream.Url).Replace("name: delete_item", "name: drop_item", StringComparison.Ordinal)
        );
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback, ("HOT_RELOAD", "true")], home);

        var output = await RunAsync(
            gateway,
            External.Node(),
            Path.Combine(External.Folder, "mcp-session.mjs"),
            kind,
            "echo",
            edited,
            manifest,
            $"{gateway.Url}mcp"
        );

        var seen = JsonElement.Parse(output);
        Assert.Equal(revision, seen.GetProperty("revision").GetString());
        Assert.Equal("mcp-runtime", seen.GetProperty("server").GetString());
        Assert.Contains("delete_item", Names(seen, "before"));
        Assert.Equal("hello ☃", seen.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(-32602, seen.GetProperty("refused").GetInt32());
        Assert.Contains("drop_item", Names(seen, "after"));
        Assert.DoesNotContain("delete_item", Names(seen, "after"));
    }

    [Theory]
    [InlineData("sdk1", "sdk", "2025-11-25")]
    [InlineData("legacy", "client", "2025-11-25")]
    [InlineData("modern", "client", "2026-07-28")]
    public async Task A_client_searches_describes_and_calls(string kind, string package, string revision)
    {
        External.Package("@modelcontextprotocol", package, "package.json");
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);

        var output = await RunAsync(
            gateway,
            External.Node(),
            Path.Combine(External.Folder, "mcp-search.mjs"),
            kind,
            "get an item",
            """{"id":7}""",
            $"{gateway.Url}mcp?expose=search"
        );

        var seen = JsonElement.Parse(output);
        Assert.Equal(revision, seen.GetProperty("revision").GetString());
        Assert.Equal("search_tools", Names(seen, "listed").First());
        Assert.DoesNotContain("get_item", Names(seen, "listed"));
        Assert.Equal("get_item call_read_tool", $"{seen.GetProperty("name")} {seen.GetProperty("right")}");
        Assert.False(seen.GetProperty("called").GetProperty("isError").GetBoolean());
        Assert.True(seen.GetProperty("refused").GetProperty("isError").GetBoolean());
        Assert.Equal("/items/7", upstream.Request.Target);
    }

    [Fact]
    public async Task The_command_line_of_the_Inspector_searches_describes_and_calls()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        var connection = Inspector(home, gateway, "mcp?expose=search");

        async Task<string> CallAsync(string tool, params string[] arguments) =>
            await RunAsync(
                gateway,
                External.Node(),
                [
                    .. connection,
                    "--method",
                    "tools/call",
                    "--tool-name",
                    tool,
                    .. arguments.SelectMany(argument => new[] { "--tool-arg", argument }),
                ]
            );

        Assert.Contains("get_item(", await CallAsync("search_tools", "query=get an item"), StringComparison.Ordinal);
        Assert.Contains(
            "GET /items",
            await CallAsync("describe_tools", """names=["get_item"]"""),
            StringComparison.Ordinal
        );
        var called = await CallAsync("call_read_tool", "name=get_item", """arguments={"id":7}""");

        Assert.DoesNotContain("isError\": true", called, StringComparison.Ordinal);
        Assert.Equal("/items/7", upstream.Request.Target);
    }

    [Fact]
    public async Task The_command_line_of_the_Inspector_lists_and_calls()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        var connection = Inspector(home, gateway, "mcp");

        var listed = JsonElement.Parse(
            await RunAsync(gateway, External.Node(), [.. connection, "--method", "tools/list"])
        );
        var called = JsonElement.Parse(
            await RunAsync(
                gateway,
                External.Node(),
                [.. connection, "--method", "tools/call", "--tool-name", "get_item", "--tool-arg", "id=7"]
            )
        );

        Assert.Contains(listed.GetProperty("tools").EnumerateArray(), tool => tool.Text("name") == "get_item");
        Assert.False(called.TryGetProperty("isError", out var isError) && isError.GetBoolean(), called.ToString());
        Assert.Single(upstream.Requests);
    }

    // Its package expects to lie in the Inspector's own, two folders below that one's package.json.
    private static string[] Inspector(TemporaryFolder home, RunningGateway gateway, string path)
    {
        var package = Path.GetDirectoryName(
            External.Package("@modelcontextprotocol", "inspector-cli", "package.json")
        )!;
        home.Write("package.json", """{"name":"inspector","version":"1.0.3"}""");
        Directory.CreateSymbolicLink(home.PathOf("cli"), package);
        Directory.CreateSymbolicLink(home.PathOf("node_modules"), Path.Combine(External.Folder, "node_modules"));
        return
        [
            "--preserve-symlinks",
            "--preserve-symlinks-main",
            home.PathOf("cli/build/index.js"),
            $"{gateway.Url}{path}",
            "--transport",
            "http",
            "--header",
            $"Authorization: Bearer {TokenOf(gateway)}",
        ];
    }

    private static async Task<string> RunAsync(RunningGateway gateway, string program, params string[] arguments)
    {
        var output = await ProcessRunner.RunAsync(
            program,
            arguments,
            new Dictionary<string, string?> { ["MCP_TOKEN"] = TokenOf(gateway) },
            cancellationToken: Cancelled
        );
        Assert.True(output.ExitCode == 0, output.ToString());
        return output.Out;
    }

    private static string TokenOf(RunningGateway gateway) => gateway.Token!;

    private static IEnumerable<string?> Names(JsonElement seen, string list) =>
        seen.GetProperty(list).EnumerateArray().Select(name => name.GetString());
}
