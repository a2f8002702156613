using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Sending;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Server;
using McpRuntime.Testing;
using Microsoft.Extensions.Logging;
using static McpRuntime.Tests.Server.TestTools;

namespace McpRuntime.Tests.Server;

public class ToolCallTests
{
    private static readonly SettableSource Source = new(
        List(Connector("pets", "get_pet", "find_pets"), Connector("shop", "find_pets", "buy"))
    );

    [Fact]
    public async Task Arguments_reach_the_tool_to_the_digit()
    {
        const string Arguments = """{"n":9223372036854775808123,"d":0.10,"t":"é\u0000","nested":{"a":[null,true]}}""";
        var received = "";
        var invoker = new DelegateInvoker(
            (_, arguments, _) =>
            {
                received = arguments.GetRawText();
                return Task.FromResult(ToolAnswer.Text("ok"));
            }
        );
        await using var conversation = await McpConversation.InitializedAsync(Source, invoker);
        await conversation.AskAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_pet","arguments":{{Arguments}} } }"""
        );
        Assert.Contains("9223372036854775808123", received, StringComparison.Ordinal);
        Assert.Contains("0.10", received, StringComparison.Ordinal);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Arguments), JsonElement.Parse(received)), received);
    }

    [Fact]
    public async Task An_answer_from_the_cache_says_so_in_both_eras()
    {
        var invoker = new DelegateInvoker(
            (_, _, _) => Task.FromResult(ToolAnswer.Text("ok") with { Reused = new ReusedAnswer(12, true) })
        );
        await using var session = await McpConversation.InitializedAsync(Source, invoker);
        await using var perRequest = new McpConversation(Source, invoker);
        var older = await session.AskAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_pet"} }"""
        );
        var newer = await perRequest.AskPerRequestAsync(1, "tools/call", "\"name\":\"get_pet\"");
        foreach (var message in new[] { older, newer })
        {
            var meta = message.GetProperty("result").GetProperty("_meta");
            Assert.Equal("""{"age":12,"revalidated":true}""", meta.GetProperty("mcp-runtime/cache").GetRawText());
        }
    }

    [Fact]
    public async Task Headers_are_next_to_the_body_in_both_eras()
    {
        var invoker = new DelegateInvoker(
            (_, _, _) =>
                Task.FromResult(
                    ToolAnswer.Text("[1]") with
                    {
                        Structured = JsonText.Parse("[1]"),
                        Headers = [new AnswerHeader("Link", "</2>; rel=\"next\"")],
                    }
                )
        );
        await using var session = await McpConversation.InitializedAsync(Source, invoker);
        await using var perRequest = new McpConversation(Source, invoker);
        var older = (
            await session.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_pet"} }""")
        ).GetProperty("result");
        var newer = (await perRequest.AskPerRequestAsync(1, "tools/call", "\"name\":\"get_pet\"")).GetProperty(
            "result"
        );
        foreach (var result in new[] { older, newer })
        {
            Assert.Equal("[1]", result.GetProperty("content")[0].GetProperty("text").GetString());
            Assert.Equal(
                "Response headers:\nLink: </2>; rel=\"next\"",
                result.GetProperty("content")[1].GetProperty("text").GetString()
            );
            Assert.Equal(
                "</2>; rel=\"next\"",
                result.GetProperty("_meta").GetProperty(AnswerMeta.Headers).GetProperty("Link").GetString()
            );
        }
        Assert.Equal("[1]", newer.GetProperty("structuredContent").GetRawText());
        Assert.Equal(
            "mcp-runtime",
            newer.GetProperty("_meta").GetProperty("io.modelcontextprotocol/serverInfo").GetProperty("name").GetString()
        );
        Assert.False(older.GetProperty("_meta").TryGetProperty("io.modelcontextprotocol/serverInfo", out _));
    }

    [Theory]
    [InlineData(true, false, "none")]
    [InlineData(false, true, "truncated")]
    [InlineData(false, false, null)]
    public async Task Programs_are_told_where_the_text_is_not_the_body(bool isEmpty, bool isCut, string? expected)
    {
        var invoker = new DelegateInvoker(
            (_, _, _) => Task.FromResult(ToolAnswer.Text("words for a model") with { IsEmpty = isEmpty, IsCut = isCut })
        );
        await using var session = await McpConversation.InitializedAsync(Source, invoker);
        await using var perRequest = new McpConversation(Source, invoker);
        var older = (
            await session.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_pet"} }""")
        ).GetProperty("result");
        var newer = (await perRequest.AskPerRequestAsync(1, "tools/call", "\"name\":\"get_pet\"")).GetProperty(
            "result"
        );
        foreach (var result in new[] { older, newer })
            Assert.Equal(
                expected,
                result.TryGetProperty("_meta", out var meta) && meta.TryGetProperty(AnswerMeta.Body, out var body)
                    ? body.GetString()
                    : null
            );
    }

    [Fact]
    public async Task Programs_are_told_the_name_of_what_refused_a_call()
    {
        var invoker = new DelegateInvoker(
            (_, _, _) => throw new McpRuntimeException("The vault is locked.") { ErrorCode = "VaultLocked" }
        );
        await using var session = await McpConversation.InitializedAsync(Source, invoker);
        await using var perRequest = new McpConversation(Source, invoker);
        var older = (
            await session.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_pet"} }""")
        ).GetProperty("result");
        var newer = (await perRequest.AskPerRequestAsync(1, "tools/call", "\"name\":\"get_pet\"")).GetProperty(
            "result"
        );
        foreach (var result in new[] { older, newer })
            Assert.Equal(
                ("VaultLocked", true),
                (
                    result.GetProperty("_meta").GetProperty(AnswerMeta.Error).GetString(),
                    result.GetProperty("isError").GetBoolean()
                )
            );
    }

    [Theory]
    [InlineData("""{"name":"get_pet"}""")]
    [InlineData("""{"name":"get_pet","arguments":null}""")]
    [InlineData("""{"name":"get_pet","arguments":{}}""")]
    public async Task Absent_arguments_are_an_empty_object(string parameters)
    {
        await using var conversation = await McpConversation.InitializedAsync(Source);
        var text = await CallForTextAsync(conversation, parameters);
        Assert.Equal("pets/get_pet {}", text);
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"name":"get_pet","arguments":[1]}""", "arguments")]
    [InlineData("""{"name":"get_pet","arguments":{"a":"\ud800"}}""", "Unicode")]
    [InlineData("""{"name":"get_pat"}""", "Did you mean get_pet?")]
    [InlineData("""{"name":"zzzzzzzzzz"}""", "tools/list")]
    public async Task A_call_that_names_no_tool_or_has_no_object_is_a_protocol_error(
        string parameters,
        string explanation
    )
    {
        var log = new ListLogger();
        await using var conversation = new McpConversation(Source, loggers: log);
        var error = (
            await conversation.AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters}} }""")
        ).GetProperty("error");
        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
        Assert.Contains(explanation, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task An_ambiguous_name_is_answered_with_the_choices()
    {
        await using var conversation = await McpConversation.InitializedAsync(Source);
        var result = await CallAsync(conversation, """{"name":"find_pets"}""");
        Assert.True(result.GetProperty("isError").GetBoolean());
        Assert.Contains(
            "pets__find_pets, shop__find_pets",
            result.GetProperty("content")[0].GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("shop/find_pets {}", await CallForTextAsync(conversation, """{"name":"shop__find_pets"}"""));
    }

    [Fact]
    public async Task A_failure_that_core_explains_is_an_error_result_with_its_message()
    {
        await using var conversation = await McpConversation.InitializedAsync(
            Source,
            new DelegateInvoker((_, _, _) => throw new McpRuntimeException("The origin is not approved."))
        );
        var result = await CallAsync(conversation, """{"name":"get_pet"}""");
        Assert.True(result.GetProperty("isError").GetBoolean());
        Assert.Equal("The origin is not approved.", result.GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task An_unexpected_failure_is_an_error_result_without_its_details_and_the_session_goes_on()
    {
        await using var conversation = await McpConversation.InitializedAsync(
            Source,
            new DelegateInvoker((_, _, _) => throw new InvalidOperationException("secret detail"))
        );
        var result = await CallAsync(conversation, """{"name":"get_pet"}""");
        Assert.True(result.GetProperty("isError").GetBoolean());
        Assert.DoesNotContain("secret", result.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(
            "{}",
            (await conversation.AskAsync("""{"jsonrpc":"2.0","id":2,"method":"ping"}"""))
                .GetProperty("result")
                .GetRawText()
        );
    }

    [Fact]
    public async Task Cancelling_the_request_cancels_the_call_and_nothing_is_answered()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var invoker = new DelegateInvoker(
            async (_, _, token) =>
            {
                started.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    cancelled.SetResult();
                }
                return ToolAnswer.Text("never");
            }
        );
        await using var conversation = await McpConversation.InitializedAsync(Source, invoker);
        conversation.Send("""{"jsonrpc":"2.0","id":"slow","method":"tools/call","params":{"name":"get_pet"}}""");
        await started.Task.WaitAsync(ProcessRunner.HangGuard, McpConversation.Cancelled);
        conversation.Send(
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"slow","reason":"enough"}}"""
        );
        await cancelled.Task.WaitAsync(ProcessRunner.HangGuard, McpConversation.Cancelled);
        var next = await conversation.AskAsync("""{"jsonrpc":"2.0","id":2,"method":"ping"}""");
        Assert.Equal(2, next.GetProperty("id").GetInt32());
        conversation.CloseInput();
        await conversation.EndedAsync();
        Assert.Null(await conversation.ReceiveLineAsync());
    }

    [Theory]
    [InlineData("""{"a": 1}""", """{"a": 1}""", """{"a": 1}""")]
    [InlineData("[1,2]", """{"result":[1,2]}""", "[1,2]")]
    [InlineData("12345678901234567890.10", """{"result":12345678901234567890.10}""", "12345678901234567890.10")]
    [InlineData("null", """{"result":null}""", "null")]
    [InlineData("{\n  \"a\":\r\n 1}", """{   "a":   1}""", """{   "a":   1}""")]
    public async Task Structured_content_is_exact_and_an_object_for_older_revisions(
        string structured,
        string older,
        string newer
    )
    {
        var invoker = DelegateInvoker.Answering(ToolAnswer.Text("t") with { Structured = JsonText.Parse(structured) });
        await using var session = await McpConversation.InitializedAsync(Source, invoker);
        Assert.Equal(
            older,
            (await CallAsync(session, """{"name":"get_pet"}""")).GetProperty("structuredContent").GetRawText()
        );
        await using var modern = new McpConversation(Source, invoker);
        var result = (await modern.AskPerRequestAsync(1, "tools/call", "\"name\":\"get_pet\"")).GetProperty("result");
        Assert.Equal(newer, result.GetProperty("structuredContent").GetRawText());
    }

    [Fact]
    public async Task Every_kind_of_content_is_written_as_its_block()
    {
        var answer = new ToolAnswer
        {
            Content =
            [
                new AnswerContent.Text("line\nline \u2028 ☃"),
                new AnswerContent.Image(new byte[] { 1, 2 }, "image/png"),
                new AnswerContent.Audio(new byte[] { 3 }, "audio/wav"),
                new AnswerContent.Blob(new byte[] { 4 }, "application/zip", new Uri("https://example.com/a b.zip")),
            ],
        };
        const string Content = """
            [{"type":"text","text":"line\nline \u2028 ☃"},
             {"type":"image","data":"AQI=","mimeType":"image/png"},
             {"type":"audio","data":"Aw==","mimeType":"audio/wav"},
             {"type":"resource","resource":{"uri":"https://example.com/a%20b.zip","mimeType":"application/zip","blob":"BA=="}}]
            """;
        await using var conversation = await McpConversation.InitializedAsync(
            Source,
            DelegateInvoker.Answering(answer)
        );
        var written = (await CallAsync(conversation, """{"name":"get_pet"}""")).GetProperty("content");
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Content), written), written.GetRawText());
        await using var oldest = await McpConversation.InitializedAsync(
            Source,
            DelegateInvoker.Answering(answer),
            "2024-11-05"
        );
        Assert.Equal(
            "resource",
            (await CallAsync(oldest, """{"name":"get_pet"}"""))
                .GetProperty("content")[2]
                .GetProperty("type")
                .GetString()
        );
    }

    private static async Task<JsonElement> CallAsync(McpConversation conversation, string parameters) =>
        (
            await conversation.AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters}} }""")
        ).GetProperty("result");

    private static async Task<string?> CallForTextAsync(McpConversation conversation, string parameters) =>
        (await CallAsync(conversation, parameters)).GetProperty("content")[0].GetProperty("text").GetString();
}
