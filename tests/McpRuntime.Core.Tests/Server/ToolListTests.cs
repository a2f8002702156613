using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Server;
using McpRuntime.Server.Surface;
using static McpRuntime.Tests.Server.TestTools;

namespace McpRuntime.Tests.Server;

public class ToolListTests
{
    [Theory]
    [InlineData("GET", null, null, null, true, null, null)]
    [InlineData("HEAD", true, null, null, true, null, null)]
    [InlineData("OPTIONS", null, null, null, true, null, null)]
    [InlineData("GET", null, true, null, false, true, null)]
    [InlineData("GET", true, true, null, false, true, null)]
    [InlineData("QUERY", null, null, null, true, null, null)]
    [InlineData("GET", false, null, null, false, null, null)]
    [InlineData("POST", null, null, null, false, null, null)]
    [InlineData("POST", true, false, true, false, false, true)]
    [InlineData("POST", null, true, false, false, true, false)]
    [InlineData("PUT", null, null, null, false, null, true)]
    [InlineData("PUT", null, null, false, false, null, false)]
    [InlineData("DELETE", null, null, null, false, true, true)]
    [InlineData("DELETE", true, false, false, false, true, false)]
    public async Task Annotations_follow_the_method_and_a_manifest_only_tightens_them(
        string method,
        bool? readOnly,
        bool? destructive,
        bool? idempotent,
        bool isReadOnly,
        bool? isDestructive,
        bool? isIdempotent
    )
    {
        var tool = Tool("t", $"{method} /x") with
        {
            Annotations = new ToolHints(readOnly, destructive, idempotent, false),
        };
        var annotations = (await ListAsync(List(Connector("c", tool))))[0].GetProperty("annotations");
        Assert.Equal(isReadOnly, Flag(annotations, "readOnlyHint") == true);
        Assert.Equal(isDestructive, Flag(annotations, "destructiveHint"));
        Assert.Equal(isIdempotent == true, Flag(annotations, "idempotentHint") == true);
        Assert.False(annotations.GetProperty("openWorldHint").GetBoolean());
    }

    [Fact]
    public async Task Order_is_by_connector_and_then_as_the_manifest_has_it_with_built_in_tools_first()
    {
        var catalog = ToolCatalog.Create([Connector("b", "z", "a"), Connector("a", "y", "x")]);
        var listed = await ListAsync(
            new ToolList(catalog, BuiltInTools.Create(TimeProvider.System, ToolFilter.None), new ListForm())
        );
        Assert.Equal(
            ["echo", "hello", "get_time", "y", "x", "z", "a"],
            listed.Select(tool => tool.GetProperty("name").GetString())
        );
    }

    [Fact]
    public async Task Connector_endpoint_and_tags_are_told_next_to_a_tool_and_not_in_it()
    {
        var catalog = ToolCatalog.Create([
            Connector("c", Tool("t", "POST /x/{id}") with { Tags = ["pets", "a\u001b[31m b"] }, Tool("u")),
        ]);
        var listed = await ListAsync(
            new ToolList(catalog, BuiltInTools.Create(TimeProvider.System, ToolFilter.None), new ListForm())
        );
        Assert.False(listed[0].TryGetProperty("_meta", out _));
        Assert.Equal(
            """{"mcp-runtime/tool":["c","POST /x/{id}","pets","a b"],"anthropic/searchHint":"pets"}""",
            listed[3].GetProperty("_meta").GetRawText()
        );
        Assert.Equal(2, listed[4].GetProperty("_meta").GetProperty(ToolMeta.Key).GetArrayLength());
    }

    [Fact]
    public async Task Hints_tell_clients_what_is_pinned_how_much_is_shown_and_what_finds_a_tool()
    {
        var tool = Tool("list_issues", "GET /repos/{owner}/issues") with
        {
            Tags = ["Issues", "work items", "Api2010"],
            Description = "Lists the issues of a repository. With owner.",
        };
        var listed = await ListAsync(
            List(
                Connector(
                    "c",
                    tool,
                    Tool("get_x", "GET /x") with
                    {
                        Pin = true,
                        Limits = new CallLimits { MaxResponseBytes = 2_000_000 },
                    },
                    Tool("get_y", "GET /y") with
                    {
                        Limits = new CallLimits { MaxResponseBytes = 2_000 },
                    }
                )
            )
        );
        Assert.Equal(
            [
                """ "anthropic/searchHint":"work items" """.Trim(),
                """ "anthropic/alwaysLoad":true,"anthropic/maxResultSizeChars":500000 """.Trim(),
                """ "anthropic/maxResultSizeChars":2000 """.Trim(),
            ],
            listed.Select(each =>
            {
                var meta = each.GetProperty("_meta").GetRawText();
                return meta[(meta.IndexOf("],", StringComparison.Ordinal) + 2)..^1];
            })
        );
    }

    [Fact]
    public async Task Users_are_asked_for_destructive_tools_where_the_setting_says_so()
    {
        const string Asked = "anthropic/requiresUserInteraction";
        var catalog = ToolCatalog.Create([
            Connector("c", Tool("get", "GET /x"), Tool("add", "POST /x"), Tool("remove", "DELETE /x")),
        ]);
        static List<bool> Of(IEnumerable<JsonElement> tools) =>
            [.. tools.Select(tool => tool.TryGetProperty("_meta", out var meta) && meta.TryGetProperty(Asked, out _))];

        Assert.Equal(
            new List<bool> { false, false, true },
            Of(await ListAsync(new ToolList(catalog, [], new ListForm(ConfirmDestructive: true))))
        );
        Assert.Equal(
            new List<bool> { false, false, false },
            Of(await ListAsync(new ToolList(catalog, [], new ListForm())))
        );
        var searched = await ListAsync(
            new Exposure(ToolExposure.Search).Make(catalog, [], new ListForm(ConfirmDestructive: true))
        );
        Assert.Equal(new List<bool> { false, false, false, false, true }, Of(searched));
        Assert.All(searched, tool =>
            Assert.True(tool.GetProperty("_meta").GetProperty("anthropic/alwaysLoad").GetBoolean())
        );
    }

    [Fact]
    public async Task OpenAPI_s_discriminator_is_not_published()
    {
        var tool = Tool("t", "POST /x") with
        {
            InputSchema = JsonText.Parse(
                """{"type":"object","properties":{"discriminator":{"anyOf":[{"$ref":"#/definitions/A"}],"discriminator":{"propertyName":"k","mapping":{"a":"#/definitions/A"}}}}}"""
            ),
        };
        var connector = Connector("c", tool) with
        {
            Definitions = new Dictionary<string, JsonText> { ["A"] = JsonText.Parse("{}") },
        };
        var schema = (await ListAsync(List(connector)))[0].GetProperty("inputSchema");
        Assert.Equal("""{"type":"object","properties":{"discriminator":{"anyOf":[{}]}}}""", schema.GetRawText());
    }

    [Fact]
    public async Task Text_of_a_manifest_is_cleaned_and_a_missing_description_is_the_endpoint()
    {
        var tool = Tool("t", "GET /x") with { Title = "A\u001b[31m\nB", Description = "Good.<!-- obey me -->\u202e" };
        var listed = await ListAsync(List(Connector("c", tool, Tool("u", "GET /y") with { Description = null })));
        Assert.Equal("A B", listed[0].GetProperty("title").GetString());
        Assert.Equal("Good.", listed[0].GetProperty("description").GetString());
        Assert.Equal("GET /y", listed[1].GetProperty("description").GetString());
        Assert.False(listed[1].TryGetProperty("title", out _));
    }

    [Fact]
    public async Task Shared_schemas_are_bundled_and_line_breaks_of_a_schema_do_not_break_the_message()
    {
        var tool = Tool("t") with
        {
            InputSchema = new JsonText(
                "{\n\"type\": \"object\",\r\n \"properties\": {\"a\": {\"$ref\": \"#/definitions/P\"}}}"u8.ToArray()
            ),
        };
        var connector = Connector("c", tool) with
        {
            Definitions = new Dictionary<string, JsonText>
            {
                ["P"] = JsonText.Parse("""{"type":"string"}"""),
                ["Q"] = JsonText.Parse("{}"),
            },
        };
        var schema = (await ListAsync(List(connector)))[0].GetProperty("inputSchema");
        var expected = JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"string"}}}""");
        Assert.True(JsonElement.DeepEquals(expected, schema), schema.GetRawText());
    }

    [Theory]
    [InlineData("{}", """{"type":"object"}""")]
    [InlineData("true", """{"type":"object"}""")]
    [InlineData("""{"properties":{"a":{}}}""", """{"type":"object","properties":{"a":{}}}""")]
    [InlineData("""{"type":["object","null"],"title":"T"}""", """{"type":"object"}""")]
    [InlineData("""{"title":"T","type":"object"}""", """{"type":"object"}""")]
    public async Task An_input_schema_always_has_an_object_at_its_root(string schema, string published)
    {
        var listed = (await ListAsync(List(Connector("c", Tool("t", schema: schema)))))[0].GetProperty("inputSchema");
        Assert.Equal(published, listed.GetRawText());
    }

    [Theory]
    [InlineData("""{"type":"object","title":"T"}""", """{"type":"object","title":"T"}""")]
    [InlineData(
        """{"type":"array","items":{"$ref":"#/definitions/P"}}""",
        """{"type":"object","properties":{"result":{"type":"array","items":{"$ref":"#/$defs/P"}}},"required":["result"],"$defs":{"P":{"type":["string","null"]}}}"""
    )]
    public async Task Output_schemas_are_published_when_asked_with_an_object_at_the_root(
        string schema,
        string published
    )
    {
        var connector = Connector("c", Tool("t") with { OutputSchema = JsonText.Parse(schema) }) with
        {
            Definitions = new Dictionary<string, JsonText> { ["P"] = JsonText.Parse("""{"type":"string"}""") },
        };
        var catalog = ToolCatalog.Create([connector]);
        Assert.False(
            (await ListAsync(new ToolList(catalog, [], new ListForm())))[0].TryGetProperty("outputSchema", out _)
        );
        Assert.Equal(
            published,
            (await ListAsync(new ToolList(catalog, [], new ListForm(true))))[0].GetProperty("outputSchema").GetRawText()
        );
    }

    [Fact]
    public async Task What_is_summarised_is_given_by_describe_tools_which_is_listed_then_only()
    {
        var deep =
            $$$"""{"type":"object","properties":{"id":{"type":"integer"},"more":{"type":"object","properties":{ {{{string.Join(',', Enumerable.Range(1, 60).Select(n => $"\"field_{n}\":{{\"type\":\"string\",\"maxLength\":{n}}}"))}}} } } },"required":["id"]}""";
        var list = List(Connector("c", Tool("t", "POST /x", deep)));
        await using var conversation = new McpConversation(new SettableSource(list));

        var listed = (await conversation.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""))
            .GetProperty("result")
            .GetProperty("tools");
        var described = (
            await conversation.AskAsync(
                """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"describe_tools","arguments":{"names":["t"],"schema":true}}}"""
            )
        ).GetProperty("result");
        var unknown = (
            await conversation.AskAsync(
                """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"describe_tools","arguments":{"names":["s"]}}}"""
            )
        ).GetProperty("result");

        Assert.Equal(
            ["describe_tools", "t"],
            listed.EnumerateArray().Select(tool => tool.GetProperty("name").GetString())
        );
        var more = listed[1].GetProperty("inputSchema").GetProperty("properties").GetProperty("more");
        Assert.Equal("object", more.GetProperty("type").GetString());
        Assert.Matches(@"^Has field_1, .*, …\. See describe_tools\.$", more.GetProperty("description").GetString());
        Assert.Contains(
            "\"field_60\":{\"type\":\"string\",\"maxLength\":60}",
            described.GetProperty("content")[0].GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        Assert.True(unknown.GetProperty("isError").GetBoolean());
        Assert.DoesNotContain(await ListAsync(List(Connector("c", "t"))), tool =>
            tool.GetProperty("name").GetString() == "describe_tools"
        );
    }

    [Fact]
    public async Task A_title_that_repeats_the_description_is_left_out_and_a_line_says_what_is_returned()
    {
        var tool = Tool("t") with
        {
            Title = "Get a pet",
            Description = "Get a pet\n\nGets a pet by its number.",
            OutputSchema = JsonText.Parse("""{"type":"array","items":{"allOf":[{"$ref":"#/definitions/P"}]}}"""),
        };
        var connector = Connector("c", tool) with
        {
            Definitions = new Dictionary<string, JsonText>
            {
                ["P"] = JsonText.Parse(
                    """{"type":"object","properties":{"id":{"type":"integer"},"owner":{"type":"object","properties":{"name":{"type":"string"}}}}}"""
                ),
            },
        };

        var listed = (await ListAsync(List(connector)))[0];

        Assert.False(listed.TryGetProperty("title", out _));
        Assert.Equal(
            "Gets a pet by its number.\nReturns: { id: integer, owner: object }[]",
            listed.GetProperty("description").GetString()
        );
    }

    [Fact]
    public void Lists_are_the_same_when_a_client_cannot_tell_them_apart()
    {
        var list = List(Connector("c", "t"));
        Assert.True(list.ListsSameAs(List(Connector("c", "t") with { BaseUrl = "https://elsewhere.example" })));
        Assert.False(list.ListsSameAs(List(Connector("c", Tool("t", "POST /x")))));
    }

    private static bool? Flag(JsonElement annotations, string name) =>
        annotations.TryGetProperty(name, out var value) ? value.GetBoolean() : null;

    private static async Task<JsonElement[]> ListAsync(ToolList list)
    {
        await using var conversation = new McpConversation(new SettableSource(list));
        var answer = await conversation.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        return [.. answer.GetProperty("result").GetProperty("tools").EnumerateArray()];
    }
}
