using System.Text;
using McpRuntime.Http.Tests.Storage;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Guards;

/// <summary>NUL and halves of surrogate pairs are the request's fault, not the gateway's or the database's.</summary>
public class TextTests(PostgresServer postgres)
{
    [Theory]
    [InlineData("POST", "/v1/projects", """{"name":"p","title":"a\u0000b"}""", "NUL")]
    [InlineData("POST", "/v1/projects", """{"name":"p","title":"a\ud800b"}""", "surrogate")]
    [InlineData("POST", "/v1/projects", """{"name":"p","\udc00":1}""", "surrogate")]
    [InlineData("POST", "/v1/projects", """{"name":"p\u0000"}""", "NUL")]
    [InlineData("POST", "/v1/tokens", """{"name":"a\u0000","roles":["user"]}""", "NUL")]
    [InlineData("POST", "/v1/tokens", """{"name":"a","roles":["user","\u0000"]}""", "NUL")]
    [InlineData("POST", "/v1/tools/echo", """{"message":["\udc00"]}""", null)]
    [InlineData("GET", "/v1/projects?after=%00", null, "NUL")]
    [InlineData("GET", "/v1/tools?project=a%00", null, "NUL")]
    [InlineData("GET", "/v1/projects/%00", null, null)]
    [InlineData("DELETE", "/v1/tokens/a%00b", null, null)]
    public async Task Management_refuses_it(string method, string path, string? body, string? said)
    {
        await using var gateway = await RunningGateway.StartAsync([
            ("DATABASE_URL", await postgres.CreateDatabaseAsync()),
        ]);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)answer.StatusCode);
        if (said is not null)
            Assert.Contains(said, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain("error ", await gateway.EndAsync());
    }

    [Theory]
    [InlineData("""{"text":"\ud800"}""", 400)]
    [InlineData("""{"text":"\ud800\u0041"}""", 400)]
    [InlineData("""{"text":"\udc00\ud800"}""", 400)]
    [InlineData("""{"\udc00":1}""", 400)]
    [InlineData("""{"text":"\\ud800 \ud83d\ude00 \u0000"}""", 200)]
    public async Task MCP_refuses_halves_and_leaves_NUL_to_the_API(string item, int status)
    {
        await using var upstream = Manifests.Upstream();
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback]);
        gateway.Home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await gateway.Client.SendAsync("POST", "/v1/runtime/reload");
        var session = await gateway.Client.InitializeAsync();
        var call =
            $$$"""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"add_item","arguments":{"item":{{{item}}} } } }""";

        var old = await gateway.Client.JsonAsync(Post(call, session: session), status);
        await gateway.Client.JsonAsync(Call("add_item", $$"""{"item":{{item}}}"""), status);
        await gateway.Client.SendAsync("POST", "/v1/tools/add_item", $$"""{"item":{{item}}}""", status);

        Assert.Equal(5, old.GetProperty("id").GetInt32());
        Assert.Equal(status == 200 ? 3 : 0, upstream.Requests.Count);
    }

    [Fact]
    public async Task Answers_and_problems_are_readable_and_hide_nothing()
    {
        await using var gateway = await RunningGateway.StartAsync([
            ("DATABASE_URL", await postgres.CreateDatabaseAsync()),
        ]);
        await gateway.Client.SendAsync(
            "POST",
            "/v1/projects",
            """{"name":"p","title":"Ada's <Büro> 😀\u202Ex"}""",
            201
        );

        var project = await gateway.Client.GetStringAsync("/v1/projects/p", TestContext.Current.CancellationToken);
        using var missing = await gateway.Client.GetAsync("/v1/projects/q", TestContext.Current.CancellationToken);
        var problem = await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("\"Ada's <Büro> 😀", project);
        Assert.DoesNotContain('\u202E', project);
        Assert.Contains("'q'", problem);
    }
}
