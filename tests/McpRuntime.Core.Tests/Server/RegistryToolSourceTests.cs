using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Server;
using McpRuntime.Tests.Connectors.Registry;
using static McpRuntime.Tests.Connectors.Registry.RegistryFixture;

namespace McpRuntime.Tests.Server;

public class RegistryToolSourceTests
{
    [Fact]
    public async Task A_list_waits_for_the_first_load_and_a_client_is_told_of_an_edit()
    {
        using var fixture = new RegistryFixture();
        fixture.Write("a.yaml", Manifest("a", "one"));
        using var source = new RegistryToolSource(fixture.Registry, ToolFilter.None, [], new ListForm());
        await using var conversation = await McpConversation.InitializedAsync(source);
        conversation.Send("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        await fixture.StartAsync();
        Assert.Equal(
            1,
            (await conversation.ReceiveAsync()).GetProperty("result").GetProperty("tools").GetArrayLength()
        );
        fixture.Write("a.yaml", Manifest("a", "one", "two"));
        Assert.Equal(
            "notifications/tools/list_changed",
            (await conversation.ReceiveAsync()).GetProperty("method").GetString()
        );
        var listed = await conversation.AskAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
        Assert.Equal(2, listed.GetProperty("result").GetProperty("tools").GetArrayLength());
    }

    [Fact]
    public async Task A_reload_that_changes_nothing_a_client_sees_is_served_but_not_announced()
    {
        using var fixture = new RegistryFixture(hotReload: false);
        fixture.Write("a.yaml", Manifest("a", "one"));
        using var source = new RegistryToolSource(fixture.Registry, new ToolFilter(["one"]), [], new ListForm());
        var announced = 0;
        source.Changed += (_, _) => announced++;
        await fixture.StartAsync();
        await source.OpenAsync(default, TestContext.Current.CancellationToken);
        fixture.Write(
            "a.yaml",
            Manifest("a", "one", "two").Replace("example.com", "example.org", StringComparison.Ordinal)
        );
        await fixture.Registry.ReloadAsync(TestContext.Current.CancellationToken);
        var list = (await source.OpenAsync(default, TestContext.Current.CancellationToken)).Tools;
        Assert.Equal("https://example.org", Assert.Single(list.Catalog.Tools).Connector.BaseUrl);
        Assert.Equal(0, announced);
    }
}
