using System.Text.Json;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>Stored answers over HTTP: whoever may not read one cannot tell it from one that never was.</summary>
public class StoredResultTests
{
    [Fact]
    public async Task A_stored_answer_is_its_callers_in_its_project_while_its_tool_may_be_called()
    {
        var items = string.Join(',', Enumerable.Range(0, 500).Select(id => $$"""{"id":{{id}},"name":"lamp {{id}}"}"""));
        await using var upstream = Manifests.Upstream($"[{items}]");
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        home.Write("connectors/other.yaml", Manifests.Shop(upstream.Url, "other"));
        await using var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("ANSWER_BUDGET", "1000")],
            home
        );
        using var ada = await gateway.ClientAsync("user");
        using var bob = await gateway.ClientAsync("user");
        using var admin = await gateway.ClientAsync("admin");
        var session = await ada.InitializeAsync(path: "/mcp/shop");

        var called = (await ada.JsonAsync(Call("shop__get_item", """{"id":7}""", "/mcp/shop"))).GetProperty("result");
        var uri = called.GetProperty("content").EnumerateArray().Last().GetProperty("uri").GetString()!;
        var handle = uri[(uri.LastIndexOf('/') + 1)..];
        var request = $$"""{"handle":"{{handle}}","from":499}""";
        var inSession = $$$"""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"{{{uri}}}"}}""";

        // Its caller: without a session, in one, and as a resource in both.
        Assert.Equal("""[{"id":499,"name":"lamp 499"}]""", (await ReadAsync(ada, request, "/mcp/shop")).Text());
        foreach (
            var read in new[]
            {
                await ada.JsonAsync(Post(inSession, "/mcp/shop", session)),
                await ada.JsonAsync(Modern("resources/read", $""" "uri":"{uri}" """, uri, "/mcp/shop")),
            }
        )
            Assert.Equal(
                $"[{items}]",
                read.GetProperty("result").GetProperty("contents")[0].GetProperty("text").GetString()
            );

        // Others, another connector's endpoint, and guesses.
        var refusals = new HashSet<string>
        {
            (await ReadAsync(bob, request, "/mcp/shop")).Text(),
            (await ReadAsync(admin, request, "/mcp/shop")).Text(),
            (await ReadAsync(ada, request, "/mcp/other")).Text(),
            (await ReadAsync(ada, $$"""{"handle":"{{new string('0', 32)}}","from":499}""", "/mcp/shop")).Text(),
        };
        Assert.StartsWith("There is no stored result", Assert.Single(refusals), StringComparison.Ordinal);
        var link = await bob.JsonAsync(Modern("resources/read", $""" "uri":"{uri}" """, uri, "/mcp/shop"));
        var guess = uri.Replace(handle, new string('0', 32), StringComparison.Ordinal);
        Assert.Equal(
            link.GetProperty("error").GetRawText(),
            (await ada.JsonAsync(Modern("resources/read", $""" "uri":"{guess}" """, guess, "/mcp/shop")))
                .GetProperty("error")
                .GetRawText()
        );

        // REST gets the whole answer.
        var rest = await ada.SendAsync("POST", "/v1/tools/shop__get_item", """{"id":7}""");
        Assert.Equal(500, rest.GetProperty("structured").GetArrayLength());
    }

    private static Task<JsonElement> ReadAsync(HttpClient client, string arguments, string path) =>
        client.JsonAsync(Call("read_result", arguments, path));
}
