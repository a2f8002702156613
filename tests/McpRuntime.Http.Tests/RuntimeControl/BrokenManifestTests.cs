using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.RuntimeControl;

/// <summary>What is wrong in the connectors folder from the start on, and what is not there yet.</summary>
public class BrokenManifestTests
{
    [Fact]
    public async Task A_manifest_that_is_broken_at_start_shows_in_health_and_status()
    {
        using var home = new TemporaryFolder();
        home.Write("connectors/@team/broken.yaml", "connector:\n  name: '@team/broken'\n  tools: 7\n");
        home.Write("connectors/shop.yaml", Manifests.Shop(new Uri("https://shop.example")));
        await using var gateway = await RunningGateway.StartAsync(home: home);
        await gateway.Client.JsonAsync(Modern("tools/list"));

        var health = (await gateway.Client.SendAsync("GET", "/health"))
            .GetProperty("connectors")
            .EnumerateArray()
            .ToDictionary(connector => connector.Text("name"), connector => connector.Text("manifest"));
        var status = await gateway.Client.SendAsync("GET", "/v1/runtime");

        Assert.Equal("good", health["shop"]);
        Assert.Contains("not served, the manifest is not valid: line ", health["@team/broken"]);
        Assert.Equal(
            ["shop"],
            status.GetProperty("connectors").EnumerateArray().Select(connector => connector.Text("name"))
        );
        var broken = status.GetProperty("broken").EnumerateArray().Single();
        Assert.Equal("@team/broken.yaml", broken.Text("file"));
        Assert.NotEqual(0, broken.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public async Task The_endpoint_of_a_connector_waits_until_connectors_are_loaded()
    {
        using var home = new TemporaryFolder();
        for (var i = 0; i < 300; i++)
            home.Write($"connectors/shop{i}.yaml", Manifests.Shop(new Uri("https://shop.example"), $"shop{i}"));
        await using var gateway = await RunningGateway.StartAsync([("BUILTIN_TOOLS", "false")], home);

        var tools = (await gateway.Client.JsonAsync(Modern("tools/list", path: "/mcp/shop299"))).ToolNames();

        Assert.Equal(
            ["read_result", "get_item", "add_item", "delete_item"],
            tools.Select(name => name.Split("__")[^1])
        );
        await gateway.Client.JsonAsync(Modern("tools/list", path: "/mcp/shop300"), 404);
    }
}
