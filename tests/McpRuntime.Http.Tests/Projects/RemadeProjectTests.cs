using McpRuntime.Http.Tests.Mcp;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Projects;

/// <summary>A project that is deleted and made again under its name is another one, and works at once.</summary>
public class RemadeProjectTests
{
    private const string List = """{"jsonrpc":"2.0","id":5,"method":"tools/list"}""";
    private const string Path = "/projects/p/mcp";

    [Fact]
    public async Task It_serves_what_was_installed_in_it()
    {
        await using var upstream = Manifests.Upstream();
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback]);
        await MakeAsync(gateway.Client, upstream.Url);
        await gateway.Client.JsonAsync(Call("get_item", """{"id":7}""", Path));

        await gateway.Client.SendAsync("DELETE", "/v1/projects/p", status: 204, ifMatch: "*");
        await gateway.Client.JsonAsync(Modern("tools/list", path: Path), 404);
        await MakeAsync(gateway.Client, upstream.Url);

        Assert.Contains("get_item", (await gateway.Client.JsonAsync(Modern("tools/list", path: Path))).ToolNames());
        await gateway.Client.JsonAsync(Call("get_item", """{"id":8}""", Path));
        Assert.Equal(
            1,
            (await gateway.Client.SendAsync("GET", "/v1/tools?project=p"))
                .GetProperty("tools")
                .EnumerateArray()
                .Count(tool => tool.Text("name") == "get_item")
        );
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task A_session_of_the_former_project_is_not_one_of_the_new()
    {
        await using var upstream = Manifests.Upstream();
        await using var gateway = await RunningGateway.StartAsync();
        await MakeAsync(gateway.Client, upstream.Url);
        var session = await gateway.Client.InitializeAsync(path: Path);
        await gateway.Client.JsonAsync(Post(List, session: session, path: Path));

        await gateway.Client.SendAsync("DELETE", "/v1/projects/p", status: 204, ifMatch: "*");
        await MakeAsync(gateway.Client, upstream.Url);

        await gateway.Client.JsonAsync(Post(List, session: session, path: Path), 404);
        await gateway.Client.JsonAsync(
            Post(List, session: await gateway.Client.InitializeAsync(path: Path), path: Path)
        );
    }

    private static async Task MakeAsync(HttpClient client, Uri api)
    {
        await client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        await client.SendAsync("POST", "/v1/projects/p/connectors", Manifests.Shop(api), 201, type: "application/yaml");
    }
}
