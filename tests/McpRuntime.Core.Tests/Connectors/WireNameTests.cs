using McpRuntime.Connectors;
using McpRuntime.Manifests;
using static McpRuntime.Tests.Server.TestTools;

namespace McpRuntime.Tests.Connectors;

public class WireNameTests
{
    private static readonly string Long = new('x', 90);

    [Theory]
    [InlineData("pets", "get_pet", "pets__get_pet")]
    [InlineData("@team/pet-store", "get", "team_pet-store__get")]
    [InlineData("a.b~c", "get", "a_b_c__get")]
    public void A_prefixed_name_is_made_of_legal_characters(string connector, string tool, string name) =>
        Assert.Equal(name, WireName.For(connector, tool));

    [Fact]
    public void Long_names_are_shortened_the_same_way_everywhere_and_stay_apart()
    {
        var name = WireName.For(Long);
        Assert.Equal(new string('x', 55) + "_efdfd9ee", name);
        Assert.Equal(WireName.MaxLength, name.Length);
        Assert.Equal(name, WireName.For(Long));
        Assert.NotEqual(name, WireName.For(Long + "y"));
        Assert.True(WireName.IsValid(WireName.For(new string('c', 100), Long)));
    }

    [Fact]
    public void A_name_of_one_connector_is_served_bare()
    {
        var catalog = ToolCatalog.Create([Connector("pets", "get_pet", "add_pet"), Connector("shop", "buy")]);
        Assert.Equal(["get_pet", "add_pet", "buy"], catalog.Tools.Select(tool => tool.Name));
    }

    [Fact]
    public void A_name_of_two_connectors_is_prefixed_for_both()
    {
        var catalog = ToolCatalog.Create([Connector("shop", "find", "buy"), Connector("@team/pets", "find")]);
        Assert.Equal(["team_pets__find", "shop__find", "buy"], catalog.Tools.Select(tool => tool.Name));
        Assert.Equal(
            ["team_pets__find", "shop__find"],
            Assert.IsType<ToolResolution.Ambiguous>(catalog.Resolve("find")).Choices
        );
    }

    [Fact]
    public void A_reserved_name_is_prefixed_and_the_bare_one_explained()
    {
        var catalog = ToolCatalog.Create([Connector("pets", "echo", "get_pet")]);
        Assert.Equal(["pets__echo", "get_pet"], catalog.Tools.Select(tool => tool.Name));
        Assert.Equal(["pets__echo"], Assert.IsType<ToolResolution.Ambiguous>(catalog.Resolve("echo")).Choices);
    }

    [Fact]
    public void Names_that_still_meet_get_a_mark_each()
    {
        var catalog = ToolCatalog.Create([Connector("a.b", "x"), Connector("a_b", "x"), Connector("c", "a_b__x")]);
        var names = catalog.Tools.Select(tool => tool.Name).ToArray();
        Assert.Equal(3, names.Distinct().Count());
        Assert.All(names, name => Assert.True(WireName.IsValid(name), name));
        Assert.All(catalog.Tools, tool =>
            Assert.Same(tool, Assert.IsType<ToolResolution.Found>(catalog.Resolve(tool.Name)).Tool)
        );
    }

    [Theory]
    [InlineData("pets__get_pet")]
    [InlineData("get_pet")]
    public void A_name_that_a_caller_learnt_before_is_still_understood(string name)
    {
        var catalog = ToolCatalog.Create([Connector("pets", "get_pet")]);
        Assert.Equal("get_pet", Assert.IsType<ToolResolution.Found>(catalog.Resolve(name)).Tool.Name);
    }

    [Fact]
    public void A_long_older_name_is_found_by_its_full_form()
    {
        var catalog = ToolCatalog.Create([Connector("pets", Long)]);
        Assert.Equal(WireName.For(Long), Assert.IsType<ToolResolution.Found>(catalog.Resolve(Long)).Tool.Name);
    }

    [Theory]
    [InlineData("get_pat", new[] { "get_pet" })]
    [InlineData("pet", new[] { "get_pet" })]
    [InlineData("GET_PET", new[] { "get_pet" })]
    [InlineData("quite_something_else", new string[0])]
    [InlineData("", new string[0])]
    public void An_unknown_name_is_answered_with_the_nearest(string name, string[] nearest)
    {
        var catalog = ToolCatalog.Create([Connector("pets", "get_pet", "make_order")]);
        Assert.Equal(nearest, Assert.IsType<ToolResolution.Unknown>(catalog.Resolve(name)).Nearest);
    }

    [Fact]
    public void Case_may_be_ignored_and_the_exact_name_wins()
    {
        var catalog = ToolCatalog.Create([
            Connector("pets", "get_pet", "find"),
            Connector("shop", "Find", "FIND", "sell"),
            Connector("zoo", "sell"),
        ]);
        foreach (
            var (name, found) in (IEnumerable<(string, string)>)
                [("GET_Pet", "get_pet"), ("Pets__GET_PET", "get_pet"), ("find", "find"), ("FIND", "FIND")]
        )
            Assert.Equal(found, Assert.IsType<ToolResolution.Found>(catalog.Resolve(name, ignoreCase: true)).Tool.Name);
        Assert.Equal(
            ["find", "Find", "FIND"],
            Assert.IsType<ToolResolution.Ambiguous>(catalog.Resolve("fInd", ignoreCase: true)).Choices
        );
        Assert.Equal(
            ["shop__sell", "zoo__sell"],
            Assert.IsType<ToolResolution.Ambiguous>(catalog.Resolve("SELL", ignoreCase: true)).Choices
        );
        Assert.IsType<ToolResolution.Unknown>(catalog.Resolve("GET_PET"));
    }

    [Theory]
    [InlineData("FIND", new[] { "FIND" })]
    [InlineData("fInd", new[] { "find", "Find", "FIND" })]
    [InlineData("F*", new[] { "find", "Find", "FIND" })]
    [InlineData("PETS__get_PET", new[] { "get_pet" })]
    [InlineData("nothing", new string[0])]
    public void Choice_by_name_may_ignore_case_and_an_exact_name_means_one_tool(string glob, string[] expected)
    {
        var catalog = ToolCatalog.Create([Connector("pets", "get_pet", "find"), Connector("shop", "Find", "FIND")]);
        Assert.Equal(
            expected,
            new ToolFilter([glob]) { IgnoreCase = true }
                .Of(catalog)
                .Tools.Select(tool => tool.Name)
        );
        Assert.Equal(
            4,
            new ToolFilter([]) { IgnoreCase = true }
                .Of(catalog)
                .Tools.Count
        );
        Assert.Empty(new ToolFilter([glob.ToUpperInvariant() + "x"]).Of(catalog).Tools);
    }

    [Theory]
    [InlineData("get_*", "find", false)]
    [InlineData("pets__find", "find", true)]
    [InlineData("f?nd", "find", true)]
    [InlineData("*", "find", true)]
    [InlineData("*n*n*", "find", false)]
    [InlineData("", "find", false)]
    public void A_glob_is_tried_on_every_name_of_a_tool(string glob, string tool, bool allowed)
    {
        var served = ToolCatalog.Create([Connector("pets", tool)]).Tools[0];
        Assert.Equal(allowed, new ToolFilter([glob]).Allows(served));
    }

    [Fact]
    public void Read_only_depends_on_the_method_and_a_manifest_may_only_tighten_it()
    {
        var catalog = ToolCatalog.Create([
            Connector(
                "pets",
                Tool("get"),
                Tool("search", "QUERY /x"),
                Tool("post", "POST /x") with
                {
                    Annotations = new ToolHints(ReadOnly: true),
                },
                Tool("get_token", "GET /y") with
                {
                    Annotations = new ToolHints(ReadOnly: false),
                },
                Tool("get_emptied", "GET /z") with
                {
                    Annotations = new ToolHints(ReadOnly: true, Destructive: true),
                },
                Tool("older", "users.list")
            ),
        ]);
        var filter = new ToolFilter([], ReadOnly: true);
        Assert.Equal(["get", "search"], catalog.Where(filter.Allows).Tools.Select(tool => tool.Name));
    }

    [Fact]
    public void A_choice_renames_nothing_and_hides_what_it_leaves_out()
    {
        var catalog = ToolCatalog
            .Create([Connector("a", "find"), Connector("b", "find", "buy")])
            .Where(tool => tool.Connector.Name == "b");
        Assert.Equal(["b__find", "buy"], catalog.Tools.Select(tool => tool.Name));
        Assert.Equal(["b__find"], Assert.IsType<ToolResolution.Ambiguous>(catalog.Resolve("find")).Choices);
        Assert.IsType<ToolResolution.Unknown>(catalog.Resolve("a__find"));
    }

    [Fact]
    public void Tools_of_an_unchanged_connector_stay_the_same_objects_over_a_reload()
    {
        var pets = Connector("pets", "get_pet", "find");
        var before = ToolCatalog.Create([pets]);
        var after = ToolCatalog.Create([pets, Connector("shop", "find")], before);
        Assert.Same(before.Tools[0], after.Tools[0]);
        Assert.Equal("pets__find", after.Tools[1].Name);
    }
}
