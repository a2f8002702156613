using McpRuntime.Calls.Answers;
using McpRuntime.Connectors.Listing;
using static McpRuntime.Tests.Server.Surface.SurfaceFixture;
using static McpRuntime.Tests.Server.TestTools;

namespace McpRuntime.Tests.Server.Surface;

public class CallToolsTests
{
    // The method decides; the last two are GETs that their manifest calls destructive and not read-only.
    public static TheoryData<string, string> Calls =>
        new()
        {
            { "list_orders", "call_read_tool" },
            { "create_order", "call_write_tool" },
            { "cancel_order", "call_write_tool" },
            { "delete_order", "call_destructive_tool" },
            { "purge_cache", "call_destructive_tool" },
            { "start_report", "call_write_tool" },
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Each_calls_tools_of_its_kind_alone_and_names_the_right_one(string tool, string right)
    {
        var called = new List<string>();
        var invoker = new DelegateInvoker(
            (served, arguments, _) =>
            {
                called.Add($"{served.Name} {arguments.GetRawText()}");
                return Task.FromResult(ToolAnswer.Text("done"));
            }
        );
        await using var conversation = new McpConversation(new SettableSource(SearchList()), invoker);
        foreach (var caller in SearchToolNames[2..])
        {
            var text = await conversation.CallAsync(
                caller,
                $$$"""{"name":"{{{tool}}}","arguments":{"id":1}}""",
                isError: caller != right
            );
            if (caller != right)
                Assert.Contains($"call it with {right}", text, StringComparison.Ordinal);
        }
        Assert.Equal([$$"""{{tool}} {"id":1}"""], called);
    }

    [Theory]
    [InlineData("""{}""", "'name' is missing")]
    [InlineData("""{"name":7}""", "'name' must be a string")]
    [InlineData("""{"name":"list_orders","arguments":[]}""", "'arguments' must be an object")]
    [InlineData("""{"name":"list_orders","arguments":"[1]"}""", "'arguments' must be an object")]
    [InlineData("""{"name":"list_orders","status":"open"}""", "belong in 'arguments'")]
    [InlineData("""{"name":"lst_orders"}""", "list_orders")]
    [InlineData("""{"name":"order_cancellation"}""", "cancel_order")]
    [InlineData("""{"name":"call_read_tool"}""", "There is no tool 'call_read_tool'")]
    public async Task What_cannot_be_called_is_an_answer_that_says_why(string arguments, string message)
    {
        await using var conversation = Converse();
        Assert.Contains(
            message,
            await conversation.CallAsync("call_read_tool", arguments, isError: true),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"name":"list_orders"}""", "shop/list_orders {}")]
    [InlineData("""{"name":"list_orders","arguments":null}""", "shop/list_orders {}")]
    [InlineData(
        """{"name":"list_orders","arguments":"{\"status\":\"open\"}"}""",
        """shop/list_orders {"status":"open"}"""
    )]
    [InlineData("""{"name":"shop__list_orders","arguments":{}}""", "shop/list_orders {}")]
    public async Task Arguments_may_be_missing_or_a_text_of_an_object(string arguments, string called)
    {
        await using var conversation = Converse();
        Assert.Equal(called, await conversation.CallAsync("call_read_tool", arguments));
    }

    [Fact]
    public async Task Select_reduces_the_answer_and_names_what_is_not_there()
    {
        var invoker = DelegateInvoker.Answering(
            new ToolAnswer
            {
                Content = [new AnswerContent.Text("whole")],
                Structured = McpRuntime.Json.JsonText.Parse("""[{"id":1.0,"note":"x"},{"id":2,"note":"y"}]"""),
            }
        );
        await using var conversation = new McpConversation(new SettableSource(SearchList()), invoker);
        Assert.Equal(
            """[{"id":1.0},{"id":2}]""",
            await conversation.CallAsync("call_read_tool", """{"name":"list_orders","select":"[].{id}"}""")
        );
        var answer = await conversation.AskAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"call_read_tool","arguments":{"name":"list_orders","select":"id,nte"}}}"""
        );
        var result = answer.GetProperty("result");
        Assert.Equal("""{"result":[{"id":1.0},{"id":2}]}""", result.GetProperty("structuredContent").GetRawText());
        Assert.Equal(
            "Not in this answer: 'nte' (there are: id, note).",
            result.GetProperty("content")[1].GetProperty("text").GetString()
        );
    }

    [Theory]
    [InlineData("a..b", "'select' cannot be read: expected a name at character 3")]
    [InlineData("{id,titel}", "The answer has no 'titel'. Did you mean 'title'? Nothing was sent.")]
    [InlineData("author.nam,loans.x", "no 'author.nam'. Did you mean 'author.name'? Nothing was sent.")]
    [InlineData("zzz", "There are: id, title, author, loans. Nothing was sent.")]
    public async Task A_selection_that_cannot_be_is_refused_before_anything_is_sent(string select, string message)
    {
        var book = Tool("get_book", "GET /book") with
        {
            OutputSchema = McpRuntime.Json.JsonText.Parse(
                """
                {"type":"array","items":{"allOf":[{"$ref":"#/definitions/Thing"},
                {"properties":{"author":{"type":["object","null"],"properties":{"name":{}}},"loans":{"type":"object"}}}]}}
                """
            ),
        };
        var library = Connector("library", book) with
        {
            Definitions = new Dictionary<string, McpRuntime.Json.JsonText>
            {
                ["Thing"] = McpRuntime.Json.JsonText.Parse("""{"properties":{"id":{},"title":{}}}"""),
            },
        };
        var invoker = new DelegateInvoker((_, _, _) => throw new InvalidOperationException("It was sent."));
        var list = SearchList(McpRuntime.Connectors.ToolCatalog.Create([library]));
        await using var conversation = new McpConversation(new SettableSource(list), invoker);
        Assert.Contains(
            message,
            await conversation.CallAsync(
                "call_read_tool",
                $$"""{"name":"get_book","select":"{{select}}"}""",
                isError: true
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Where_all_tools_are_listed_there_are_no_call_tools()
    {
        await using var conversation = new McpConversation(new SettableSource(new(Catalog, [], new ListForm())));
        var answer = await conversation.AskAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"call_read_tool","arguments":{"name":"list_orders"}}}"""
        );
        Assert.Equal(-32602, answer.GetProperty("error").GetProperty("code").GetInt32());
    }
}
