using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Search;
using McpRuntime.Server;
using McpRuntime.Server.Surface;
using McpRuntime.Tests.Connectors.Registry;
using static McpRuntime.Tests.Server.Surface.SurfaceFixture;
using static McpRuntime.Tests.Server.TestTools;

namespace McpRuntime.Tests.Server.Surface;

public class ExposureTests
{
    [Fact]
    public async Task Search_lists_five_tools_whose_annotations_say_what_they_may_do()
    {
        var listed = await ListAsync(SearchList());
        Assert.Equal(SearchToolNames, Names(listed));
        string[] hints = ["readOnlyHint", "destructiveHint", "openWorldHint"];
        Assert.Equal(
            ["True  False", "True  False", "True  True", "False False True", "False True True"],
            listed.Select(tool =>
                string.Join(
                    ' ',
                    hints.Select(hint =>
                        tool.GetProperty("annotations").TryGetProperty(hint, out var value)
                            ? value.GetBoolean().ToString()
                            : ""
                    )
                )
            )
        );
    }

    [Theory]
    [InlineData(60, 0, false)]
    [InlineData(61, 0, true)]
    [InlineData(2, 81_000, true)]
    [InlineData(2, 70_000, false)]
    public void Auto_is_search_above_60_tools_or_20000_tokens(int tools, int description, bool isSearch)
    {
        var connector = Connector(
            "c",
            [
                .. Enumerable
                    .Range(0, tools)
                    .Select(i => Tool($"t{i}") with { Description = new string('x', i == 0 ? description : 0) }),
            ]
        );
        var exposure = new Exposure(ToolExposure.Auto);
        exposure.Decide(List(connector));
        Assert.Equal(isSearch, exposure.IsSearch);
    }

    [Theory]
    [InlineData(1, 61)]
    [InlineData(61, 1)]
    public async Task A_reload_never_changes_the_mode(int before, int after)
    {
        using var fixture = new RegistryFixture(hotReload: false);
        fixture.Write("a.yaml", Manifest(before));
        using var source = new RegistryToolSource(
            fixture.Registry,
            ToolFilter.None,
            [],
            new ListForm(),
            new Exposure(ToolExposure.Auto)
        );
        await fixture.StartAsync();
        var first = (await source.OpenAsync(default, TestContext.Current.CancellationToken)).Tools;
        fixture.Write("a.yaml", Manifest(after));
        await fixture.Registry.ReloadAsync(TestContext.Current.CancellationToken);
        var second = (await source.OpenAsync(default, TestContext.Current.CancellationToken)).Tools;
        Assert.Equal(after, second.Catalog.Tools.Count);
        Assert.Equal(first.BuiltIns.Select(tool => tool.Name), second.BuiltIns.Select(tool => tool.Name));
        Assert.Equal(before > 60 ? 0 : after, second.Listed.Count);

        static string Manifest(int tools) =>
            RegistryFixture.Manifest("a", [.. Enumerable.Range(0, tools).Select(i => $"tool{i}")]);
    }

    [Fact]
    public async Task A_reload_is_told_to_clients_where_their_list_changes_and_found_by_search_in_any_case()
    {
        using var fixture = new RegistryFixture(hotReload: false);
        fixture.Write("a.yaml", RegistryFixture.Manifest("a", "one"));
        using var source = new RegistryToolSource(
            fixture.Registry,
            ToolFilter.None,
            [],
            new ListForm(),
            new Exposure(ToolExposure.Search, ["pinned*"])
        );
        var announced = 0;
        source.Changed += (_, _) => announced++;
        await fixture.StartAsync();
        await using var conversation = await McpConversation.InitializedAsync(source);

        fixture.Write("a.yaml", RegistryFixture.Manifest("a", "one", "later"));
        await fixture.Registry.ReloadAsync(TestContext.Current.CancellationToken);
        var found = await conversation.AskAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_tools","arguments":{"query":"later"}}}"""
        );
        Assert.Contains("later(", found.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, announced);
        var context = await source.OpenAsync(default, TestContext.Current.CancellationToken);
        Assert.Contains("2 tools", context.Tools.Instructions, StringComparison.Ordinal);

        fixture.Write("a.yaml", RegistryFixture.Manifest("a", "one", "later", "pinned_one"));
        await fixture.Registry.ReloadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, announced);
    }

    [Fact]
    public async Task Pinned_tools_stay_listed_by_their_manifest_or_by_a_glob()
    {
        var catalog = ToolCatalog.Create([Connector("c", Tool("one") with { Pin = true }, Tool("two"), Tool("three"))]);
        string[] pinned = [.. SearchToolNames, "one"];
        Assert.Equal(pinned, Names(await ListAsync(SearchList(catalog))));
        var list = new Exposure(ToolExposure.Search, ["th*"]).Make(catalog, [], new ListForm());
        string[] both = [.. pinned, "three"];
        Assert.Equal(both, Names(await ListAsync(list)));
        list = new Exposure(ToolExposure.All, ["th*"]).Make(catalog, [], new ListForm());
        Assert.Equal(["one", "two", "three"], Names(await ListAsync(list)));
    }

    [Theory]
    [InlineData(ToolExposure.Search, true)]
    [InlineData(ToolExposure.All, false)]
    public void The_index_is_made_ahead_of_the_first_search_where_tools_are_searched(ToolExposure mode, bool isMade)
    {
        var catalog = ToolCatalog.Create([Connector("pets", "get_pet", "list_pets")]);

        new Exposure(mode).Make(catalog, [], new ListForm()).Prepare();

        Assert.Equal(isMade, ToolSearchIndex.IsMade(catalog));
    }

    [Fact]
    public void Instructions_say_how_tools_are_found_and_called()
    {
        var instructions = SearchList().Instructions;
        Assert.All(SearchToolNames, name => Assert.Contains(name, instructions, StringComparison.Ordinal));
        Assert.Contains("orders: ", instructions, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "search_tools",
            new ToolList(Catalog, [], new ListForm()).Instructions,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_tool_that_is_not_listed_can_be_called_by_its_name()
    {
        await using var conversation = Converse();
        Assert.Equal("""library/get_book {"isbn":"7"}""", await conversation.CallAsync("get_book", """{"isbn":"7"}"""));
    }

    [Fact]
    public void No_connector_s_tool_has_the_name_of_a_search_tool()
    {
        var catalog = ToolCatalog.Create([Connector("c", SearchToolNames)]);
        Assert.Equal(SearchToolNames.Select(name => $"c__{name}"), catalog.Tools.Select(tool => tool.Name));
    }

    [Fact]
    public async Task The_search_tools_cost_less_than_a_thousand_tokens()
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(await ListAsync(SearchList())).Length;
        Assert.True(bytes / 4 < 1000, $"{bytes} bytes");
    }
}
