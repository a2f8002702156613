using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Tools;

/// <summary><c>/v1/tools/cost</c>: what a caller's tools take of a model's context.</summary>
public class ToolCostTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cost_is_by_connector_part_and_tag_of_the_tools_that_a_caller_may_call()
    {
        using var home = new TemporaryFolder();
        home.Write(
            "connectors/shop.yaml",
            Manifests
                .Shop(new Uri("http://127.0.0.1:9"))
                .Replace("- name: get_item", "- name: get_item\n    tags: [items]", StringComparison.Ordinal)
        );
        await using var gateway = await RunningGateway.StartAsync(home: home);
        using var user = await gateway.ClientAsync("user");
        using var reader = await gateway.ClientAsync("reader");

        var all = await CostAsync(user);
        var read = await CostAsync(reader);

        var shop = Assert.Single(all.GetProperty("connectors").EnumerateArray());
        Assert.Equal("shop", shop.Text("name"));
        Assert.Equal(3, shop.GetProperty("tools").GetInt32());
        Assert.Equal(3, all.GetProperty("tools").GetInt32());
        var tokens = shop.GetProperty("tokens").GetInt32();
        Assert.Equal(tokens, all.GetProperty("tokens").GetInt32());
        Assert.Equal(tokens, shop.GetProperty("parts").EnumerateObject().Sum(part => part.Value.GetInt32()));
        var tags = shop.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("tag").GetString());
        Assert.Equal(["items", null], tags.Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(1, read.GetProperty("tools").GetInt32());
        Assert.InRange(read.GetProperty("tokens").GetInt32(), 1, tokens - 1);
        Assert.True(all.GetProperty("listedTokens").GetInt32() > 0);
    }

    [Fact]
    public async Task Without_a_token_there_is_no_cost()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var nobody = new HttpClient { BaseAddress = gateway.Url };
        using var answer = await nobody.GetAsync("/v1/tools/cost", Cancelled);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<JsonElement> CostAsync(HttpClient client) =>
        JsonElement.Parse(await client.GetStringAsync("/v1/tools/cost", Cancelled));
}
