using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Json;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;
using McpRuntime.Results;
using McpRuntime.Server;
using McpRuntime.Server.Shaping;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static McpRuntime.Tests.Server.TestTools;

namespace McpRuntime.Tests.Server.Shaping;

/// <summary>Long answers over MCP: what is shown, what is stored, and who can read it.</summary>
public sealed class ModelAnswersTests : IDisposable
{
    private const int Budget = 2000;

    private static readonly JsonText Issues = JsonText.Parse(
        $$"""{"total":400,"items":[{{string.Join(',', Enumerable.Range(0, 400).Select(Issue))}}]}"""
    );

    private readonly FakeTimeProvider _time = new();
    private readonly ResultStore _store;

    public ModelAnswersTests() => _store = new ResultStore(null, NullLogger.Instance, _time, new ResultLimits());

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_long_answer_is_shortened_and_every_item_can_be_read()
    {
        await using var conversation = Converse(Issues, "ada");
        var (json, notes, handle) = await CallAsync(conversation);
        var shown = JsonElement.Parse(json).GetProperty("items").GetArrayLength();
        Assert.InRange(shown, 10, 100);
        Assert.Contains($"'items' has {shown} of 400 items; the next is {shown}.", notes, StringComparison.Ordinal);
        Assert.Contains($"handle \"{handle}\", from {shown}", notes, StringComparison.Ordinal);
        var ids = new List<int>(Ids(json));
        for (var from = (int?)shown; from is not null; )
        {
            var page = await ReadAsync(conversation, $$"""{"handle":"{{handle}}","from":{{from}}}""");
            ids.AddRange(Ids(page[0]));
            from = ids.Count < 400 ? ids.Count : null;
            Assert.InRange(page[0].Length, 100, Budget * 5);
        }
        Assert.Equal(Enumerable.Range(0, 400), ids);
        var selected = await ReadAsync(
            conversation,
            $$"""{"handle":"{{handle}}","select":"items[].{id}","contains":"7","count":5}"""
        );
        Assert.Equal("""{"items":[{"id":7},{"id":17},{"id":27},{"id":37},{"id":47}]}""", selected[0]);
        var body = await ReadAsync(conversation, $$"""{"handle":"{{handle}}","select":"total"}""");
        Assert.Equal(["""{"total":400}"""], body);
    }

    [Fact]
    public async Task Another_caller_an_expired_one_and_a_guess_get_the_same_answer()
    {
        await using var ada = Converse(Issues, "ada");
        await using var bob = Converse(Issues, "bob");
        await using var project = Converse(Issues, "ada", project: "p");
        await using var less = Converse(Issues, "ada", tool: "other");
        await using var elsewhere = Converse(Issues, "ada", connector: "elsewhere");
        var (_, _, handle) = await CallAsync(ada);
        var request = $$"""{"handle":"{{handle}}"}""";
        var refusals = new HashSet<string>();
        foreach (var other in new[] { bob, project, less, elsewhere })
            refusals.Add((await ReadAsync(other, request, isError: true))[0]);
        refusals.Add((await ReadAsync(ada, """{"handle":"00000000000000000000000000000000"}""", isError: true))[0]);
        refusals.Add((await ReadAsync(ada, """{"handle":"../../etc/passwd"}""", isError: true))[0]);
        Assert.Equal(400, JsonElement.Parse((await ReadAsync(ada, request))[0]).GetProperty("total").GetInt32());
        _time.Advance(TimeSpan.FromMinutes(31));
        refusals.Add((await ReadAsync(ada, request, isError: true))[0]);
        Assert.Equal([ModelAnswers.NotFound], refusals);
    }

    [Theory]
    [InlineData("2025-06-18", -32002)]
    [InlineData("2025-11-25", -32002)]
    public async Task The_link_of_an_answer_is_read_as_a_resource_by_its_caller_alone(string revision, int code)
    {
        await using var ada = await InitializedAsync("ada", revision);
        await using var bob = await InitializedAsync("bob", revision);
        var result = await ResultAsync(ada, "list_issues", "{}");
        var link = result.GetProperty("content").EnumerateArray().Last();
        Assert.Equal("resource_link", link.GetProperty("type").GetString());
        Assert.Equal(Issues.Utf8.Length, link.GetProperty("size").GetInt32());
        var uri = link.GetProperty("uri").GetString();
        var read = await ada.AskAsync(
            $$$"""{"jsonrpc":"2.0","id":3,"method":"resources/read","params":{"uri":"{{{uri}}}"}}"""
        );
        var contents = read.GetProperty("result").GetProperty("contents")[0];
        Assert.Equal(
            (uri, "application/json", Issues.ToString()),
            (
                contents.GetProperty("uri").GetString(),
                contents.GetProperty("mimeType").GetString(),
                contents.GetProperty("text").GetString()
            )
        );
        foreach (var (client, what) in new[] { (bob, uri), (ada, uri + "0"), (ada, "file:///etc/passwd") })
        {
            var error = (
                await client.AskAsync(
                    $$$"""{"jsonrpc":"2.0","id":4,"method":"resources/read","params":{"uri":"{{{what}}}"}}"""
                )
            ).GetProperty("error");
            Assert.Equal(
                (code, ModelAnswers.NotFound),
                (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString())
            );
        }
        var list = await ada.AskAsync("""{"jsonrpc":"2.0","id":5,"method":"resources/list"}""");
        Assert.Equal(0, list.GetProperty("result").GetProperty("resources").GetArrayLength());
    }

    [Fact]
    public async Task Requests_without_a_session_read_it_too()
    {
        await using var conversation = Converse(Issues, "ada");
        var call = await conversation.AskPerRequestAsync(1, "tools/call", """ "name":"list_issues","arguments":{} """);
        var link = call.GetProperty("result").GetProperty("content").EnumerateArray().Last();
        var read = await conversation.AskPerRequestAsync(
            2,
            "resources/read",
            $""" "uri":"{link.GetProperty("uri").GetString()}" """
        );
        var result = read.GetProperty("result");
        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.Equal(Issues.ToString(), result.GetProperty("contents")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_program_that_says_so_gets_the_whole_answer()
    {
        await using var conversation = Converse(Issues, "ada");
        var answer = await conversation.AskAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_issues","arguments":{},"_meta":{"mcp-runtime/whole":true}}}"""
        );
        Assert.Equal(Issues.ToString(), answer.GetProperty("result").GetProperty("structuredContent").GetRawText());
        Assert.Equal(0, _store.Count);
    }

    [Fact]
    public async Task Clients_of_revisions_without_links_get_the_handle_in_words()
    {
        await using var old = await InitializedAsync("ada", "2025-03-26");
        var result = await ResultAsync(old, "list_issues", "{}");
        Assert.All(result.GetProperty("content").EnumerateArray(), content =>
            Assert.Equal("text", content.GetProperty("type").GetString())
        );
        Assert.Contains("read_result with handle", result.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Short_answers_pass_as_they_are()
    {
        await using var conversation = Converse(JsonText.Parse("""{"a":1.0}"""), "ada");
        var result = await ResultAsync(conversation, "list_issues", "{}");
        Assert.Equal(
            """{"content":[{"type":"text","text":"{\"a\":1.0}"}],"structuredContent":{"a":1.0}}""",
            result.GetRawText()
        );
        Assert.Equal(0, _store.Count);
    }

    [Fact]
    public async Task Text_is_shortened_by_lines_and_read_on()
    {
        var lines = string.Concat(Enumerable.Range(0, 3000).Select(i => $"Line {i} of the log\n"));
        await using var conversation = Converse(ToolAnswer.Text(lines), "ada");
        var (text, notes, handle) = await CallAsync(conversation);
        var shown = text.Count(c => c == '\n');
        Assert.Contains($"{shown} of 3,000 lines; the next is {shown}.", notes, StringComparison.Ordinal);
        Assert.StartsWith(
            $"Line {shown} of",
            (await ReadAsync(conversation, $$"""{"handle":"{{handle}}","from":{{shown}}}"""))[0],
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Line 2999 of the log\n",
            (await ReadAsync(conversation, $$"""{"handle":"{{handle}}","contains":"line 2999 "}"""))[0]
        );
    }

    [Fact]
    public async Task A_misspelt_selection_does_not_cost_a_second_call()
    {
        await using var conversation = Converse(Issues, "ada", options: true);
        var result = await ResultAsync(conversation, "list_issues", """{"_select":"items[].titel"}""");
        Assert.False(result.TryGetProperty("structuredContent", out _));
        Assert.Contains("'items.titel' (there are: id, title, body)", result.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("read_result with handle", result.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_opted_in_takes_select_among_its_arguments_and_keeps_its_own()
    {
        var called = new List<string>();
        var invoker = new DelegateInvoker(
            (_, arguments, _) =>
            {
                called.Add(arguments.GetRawText());
                return Task.FromResult(Answer(JsonText.Parse("""{"a":1,"b":2}""")));
            }
        );
        var own = Tool("own", schema: """{"type":"object","properties":{"_select":{"type":"string"}}}""");
        var connector = Connector(
            "c",
            Tool("free"),
            own,
            Tool("off") with
            {
                Answer = new AnswerRules { Options = false },
            }
        ) with
        {
            Answer = new AnswerRules { Options = true },
        };
        var list = new ToolList(ToolCatalog.Create([connector]), [], new ListForm());
        await using var conversation = new McpConversation(new SettableSource(list), invoker);
        var listed = await conversation.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        Assert.Equal(
            [true, true, false],
            listed
                .GetProperty("result")
                .GetProperty("tools")
                .EnumerateArray()
                .Select(tool =>
                    tool.GetProperty("inputSchema").TryGetProperty("properties", out var properties)
                    && properties.TryGetProperty("_select", out _)
                )
        );
        Assert.Contains(
            """{"a":1}""",
            (await ResultAsync(conversation, "free", """{"x":1,"_select":"a"}""")).GetRawText(),
            StringComparison.Ordinal
        );
        foreach (var name in new[] { "own", "off" })
            Assert.Contains(
                "\"b\":2",
                (await ResultAsync(conversation, name, """{"_select":"a"}""")).GetRawText(),
                StringComparison.Ordinal
            );
        Assert.Contains(
            "'_select' cannot be read",
            (await ResultAsync(conversation, "free", """{"_select":"a."}""")).GetRawText(),
            StringComparison.Ordinal
        );
        Assert.Equal(["""{"x":1}""", """{"_select":"a"}""", """{"_select":"a"}"""], called);
    }

    [Fact]
    public async Task A_manifest_selects_drops_and_sets_the_budget()
    {
        var rules = new AnswerRules
        {
            Select = "items",
            Drop = "items[].body",
            Budget = 0,
        };
        await using var conversation = Converse(Answer(Issues), "ada", rules: rules);
        var whole = (await ResultAsync(conversation, "list_issues", "{}")).GetProperty("content")[0];
        var json = JsonElement.Parse(whole.GetProperty("text").GetString()!);
        Assert.False(json.TryGetProperty("total", out _));
        Assert.Equal(400, json.GetProperty("items").GetArrayLength());
        Assert.Equal("""{"id":0,"title":"Issue 0"}""", json.GetProperty("items")[0].GetRawText());
        Assert.Equal(0, _store.Count);
    }

    [Fact]
    public async Task A_published_schema_is_relaxed_so_that_a_shortened_answer_fits_it()
    {
        var output = JsonText.Parse(
            """
            {"type":"object","required":["total","items"],"additionalProperties":false,"properties":{"total":{"const":400},
            "items":{"type":"array","minItems":400,"items":{"$ref":"#/definitions/Issue"}}}}
            """
        );
        var tool = Tool("list_issues") with { OutputSchema = output };
        var connector = Connector("tracker", tool) with
        {
            Definitions = new Dictionary<string, JsonText>
            {
                ["Issue"] = JsonText.Parse(
                    """
                    {"type":"object","required":["id","title","body"],"properties":{"id":{"type":"integer"},
                    "title":{"oneOf":[{"type":"string"},{"type":"string","minLength":1}]},"body":{"type":"string"}}}
                    """
                ),
            },
        };
        var answers = new ModelAnswers(Budget, _store);
        var list = new ToolList(ToolCatalog.Create([connector]), answers.Tools, new ListForm(OutputSchemas: true));
        await using var conversation = new McpConversation(
            new SettableSource(list),
            DelegateInvoker.Answering(Answer(Issues)),
            answers: answers
        );
        var listed = await conversation.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        var published = listed.GetProperty("result").GetProperty("tools").EnumerateArray().Last();
        var schema = JsonSchema.Compile(published.GetProperty("outputSchema"));
        var result = await ResultAsync(conversation, "list_issues", "{}");
        var shown = result.GetProperty("structuredContent");
        Assert.InRange(shown.GetProperty("items").GetArrayLength(), 10, 100);
        Assert.True(schema.IsValid(shown));
        Assert.True(schema.IsValid(JsonElement.Parse("""{"items":[{"id":null,"title":null},null],"total":null}""")));
        Assert.False(schema.IsValid(JsonElement.Parse("""{"items":[{"id":"x"}]}""")));
    }

    [Fact]
    public async Task A_large_answer_is_sent_once()
    {
        var json = JsonText.Parse($"[{string.Join(',', Enumerable.Range(0, 6000))}]");
        var answers = new ModelAnswers(20_000, _store);
        var list = new ToolList(
            ToolCatalog.Create([Connector("tracker", "list_issues")]),
            answers.Tools,
            new ListForm()
        );
        await using var conversation = new McpConversation(
            new SettableSource(list),
            DelegateInvoker.Answering(Answer(json)),
            answers: answers
        );
        var result = await ResultAsync(conversation, "list_issues", "{}");
        Assert.False(result.TryGetProperty("structuredContent", out _));
        Assert.Equal(json.ToString(), result.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(0, _store.Count);
    }

    private static string Issue(int id) =>
        $$"""{"id":{{id}},"title":"Issue {{id}}","body":"{{string.Concat(Enumerable.Repeat("some words ", 12))}}"}""";

    private static IEnumerable<int> Ids(string json) =>
        JsonElement.Parse(json).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32());

    private static ToolAnswer Answer(JsonText json) =>
        new() { Content = [new AnswerContent.Text(json.ToString())], Structured = json };

    private McpConversation Converse(
        JsonText json,
        string caller,
        string? project = null,
        string tool = "list_issues",
        string connector = "tracker",
        bool options = false
    ) =>
        Converse(
            Answer(json),
            caller,
            project,
            tool,
            connector,
            options ? new AnswerRules { Options = true } : AnswerRules.None
        );

    private McpConversation Converse(
        ToolAnswer answer,
        string caller,
        string? project = null,
        string tool = "list_issues",
        string connector = "tracker",
        AnswerRules? rules = null
    )
    {
        var answers = new ModelAnswers(Budget, _store, project);
        return new McpConversation(
            Source(answers, caller, tool, connector, rules ?? AnswerRules.None),
            DelegateInvoker.Answering(answer),
            answers: answers
        );
    }

    private Task<McpConversation> InitializedAsync(string caller, string revision)
    {
        var answers = new ModelAnswers(Budget, _store);
        return McpConversation.InitializedAsync(
            Source(answers, caller, "list_issues", "tracker", AnswerRules.None),
            DelegateInvoker.Answering(Answer(Issues)),
            revision,
            answers: answers
        );
    }

    private static CallerSource Source(
        ModelAnswers answers,
        string caller,
        string tool,
        string connector,
        AnswerRules rules
    ) =>
        new(
            new ToolList(
                ToolCatalog.Create([Connector(connector, Tool(tool)) with { Answer = rules }]),
                answers.Tools,
                new ListForm()
            ),
            caller
        );

    private static async Task<JsonElement> ResultAsync(McpConversation conversation, string tool, string arguments) =>
        (
            await conversation.AskAsync(
                $$$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}} } }"""
            )
        ).GetProperty("result");

    private static async Task<(string Answer, string Notes, string Handle)> CallAsync(McpConversation conversation)
    {
        var content = (await ResultAsync(conversation, "list_issues", "{}")).GetProperty("content");
        var texts = content
            .EnumerateArray()
            .Where(block => block.GetProperty("type").GetString() == "text")
            .Select(block => block.GetProperty("text").GetString()!)
            .ToArray();
        var uri = content.EnumerateArray().Last().GetProperty("uri").GetString()!;
        return (texts[0], string.Join('\n', texts.Skip(1)), uri[(uri.LastIndexOf('/') + 1)..]);
    }

    private static async Task<string[]> ReadAsync(McpConversation conversation, string arguments, bool isError = false)
    {
        var result = await ResultAsync(conversation, "read_result", arguments);
        Assert.True(
            isError == (result.TryGetProperty("isError", out var said) && said.GetBoolean()),
            result.GetRawText()
        );
        return
        [
            .. result.GetProperty("content").EnumerateArray().Select(block => block.GetProperty("text").GetString()!),
        ];
    }

    private sealed class CallerSource(ToolList list, string caller) : IToolSource
    {
        public event EventHandler? Changed
        {
            add { }
            remove { }
        }

        public ValueTask<ToolCallContext> OpenAsync(RequestOrigin origin, CancellationToken cancellationToken) =>
            new(new ToolCallContext(list, origin) { Caller = caller });
    }
}
