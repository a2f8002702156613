using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Server;
using McpRuntime.Testing;
using static McpRuntime.Tests.Server.TestTools;

namespace McpRuntime.Tests.Server;

public class TransportTests
{
    private static readonly SettableSource Source = new(List(Connector("pets", "get_pet")));

    [Theory]
    [InlineData("{", -32700, "null")]
    [InlineData("hello", -32700, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"} {}""", -32700, "null")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", -32600, "null")]
    [InlineData("[1,", -32700, "null")]
    [InlineData("17", -32600, "null")]
    [InlineData("{}", -32600, "null")]
    [InlineData("""{"id":3,"method":"ping"}""", -32600, "3")]
    [InlineData("""{"jsonrpc":"1.0","id":"a","method":"ping"}""", -32600, "\"a\"")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", -32600, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""", -32600, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":5}""", -32600, "4")]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"\ud800"}""", -32600, "4")]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"\ud800":1}}""", -32600, "4")]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"ping","params":[1]}""", -32600, "4")]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"ping","params":{"a":1,"a":2}}""", -32600, "4")]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"ping","params":{},"params":{}}""", -32600, "4")]
    [InlineData("""{"jsonrpc":"2.0","id":4}""", -32600, "4")]
    public async Task A_line_that_is_not_a_message_gets_an_error_and_the_session_goes_on(
        string line,
        int code,
        string id
    )
    {
        await using var conversation = new McpConversation(Source);
        var answer = await conversation.AskAsync(line);
        Assert.Equal(code, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(id, answer.GetProperty("id").GetRawText());
        Assert.Equal("2.0", answer.GetProperty("jsonrpc").GetString());
        await AssertAnswersPingAsync(conversation);
    }

    [Fact]
    public async Task Params_that_are_nested_too_deeply_are_refused_with_the_requests_id()
    {
        await using var conversation = new McpConversation(Source);
        var deep = new string('[', 200) + new string(']', 200);
        var answer = await conversation.AskAsync(
            $$$"""{"jsonrpc":"2.0","id":9,"method":"ping","params":{"a":{{{deep}}} } }"""
        );
        Assert.Equal(-32600, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(9, answer.GetProperty("id").GetInt32());
        await AssertAnswersPingAsync(conversation);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_get_a_parse_error()
    {
        await using var conversation = new McpConversation(Source);
        conversation.SendBytes([.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping"u8, 0xC3, 0x28, .. "\"}\n"u8]);
        Assert.Equal(-32700, (await conversation.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await AssertAnswersPingAsync(conversation);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("\"\"")]
    [InlineData("\"a\\u00e9\\n\"")]
    public async Task Every_legal_id_comes_back_as_it_was(string id)
    {
        await using var conversation = new McpConversation(Source);
        var answer = await conversation.AskAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"ping"}""");
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(id), answer.GetProperty("id")), answer.GetRawText());
        Assert.Equal("{}", answer.GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task Byte_order_mark_carriage_returns_and_empty_lines_are_no_matter()
    {
        await using var conversation = new McpConversation(Source);
        conversation.SendBytes([
            0xEF,
            0xBB,
            0xBF,
            .. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\r\n\r\n  \n"u8,
        ]);
        Assert.Equal(1, (await conversation.ReceiveAsync()).GetProperty("id").GetInt32());
        await AssertAnswersPingAsync(conversation);
    }

    [Fact]
    public async Task A_line_over_the_limit_is_refused_whatever_its_length_and_the_next_one_served()
    {
        await using var conversation = new McpConversation(
            Source,
            session: new StreamSession { MaxMessageBytes = 1000 }
        );
        foreach (var length in new[] { 1001, 64 * 1024 - 1, 64 * 1024, 300_000 })
        {
            var answer = await conversation.AskAsync(new string('x', length));
            Assert.Equal(-32600, answer.GetProperty("error").GetProperty("code").GetInt32());
            await AssertAnswersPingAsync(conversation);
        }
    }

    [Fact]
    public async Task A_message_may_be_as_long_as_the_limit_and_longer_than_the_first_buffer()
    {
        var text = new string('y', 200_000);
        await using var conversation = new McpConversation(Source);
        var answer = await conversation.AskAsync(
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_pet","arguments":{"t":"{{{text}}}"} } }"""
        );
        var echoed = answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString();
        Assert.Equal($$"""pets/get_pet {"t":"{{text}}"}""", echoed);
    }

    [Fact]
    public async Task Messages_in_pieces_and_several_in_one_piece_are_the_same()
    {
        await using var conversation = new McpConversation(Source);
        var lines = string.Concat(
            Enumerable.Range(0, 50).Select(id => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"ping"}""" + "\n")
        );
        foreach (var piece in Encoding.UTF8.GetBytes(lines).Chunk(37))
            conversation.SendBytes(piece);
        var ids = new HashSet<int>();
        for (var i = 0; i < 50; i++)
            ids.Add((await conversation.ReceiveAsync()).GetProperty("id").GetInt32());
        Assert.Equal(50, ids.Count);
    }

    [Fact]
    public async Task What_was_asked_before_the_end_of_input_is_still_answered()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var invoker = new DelegateInvoker(
            async (_, _, token) =>
            {
                started.SetResult();
                await release.Task.WaitAsync(token);
                return ToolAnswer.Text("done");
            }
        );
        await using var conversation = new McpConversation(Source, invoker);
        conversation.Send("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_pet"}}""");
        await started.Task.WaitAsync(McpConversation.Cancelled);
        conversation.CloseInput();
        release.SetResult();
        Assert.Equal(1, (await conversation.ReceiveAsync()).GetProperty("id").GetInt32());
        Assert.Null(await conversation.ReceiveLineAsync());
        await conversation.EndedAsync();
    }

    [Fact]
    public async Task A_call_that_outlives_the_input_is_cancelled_and_the_session_ends()
    {
        var cancelled = new TaskCompletionSource();
        var invoker = new DelegateInvoker(
            async (_, _, token) =>
            {
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
        await using var conversation = new McpConversation(
            Source,
            invoker,
            new StreamSession { Grace = TimeSpan.FromMilliseconds(10) }
        );
        conversation.Send("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_pet"}}""");
        conversation.CloseInput();
        await cancelled.Task.WaitAsync(ProcessRunner.HangGuard, McpConversation.Cancelled);
        await conversation.EndedAsync();
        Assert.Null(await conversation.ReceiveLineAsync());
    }

    [Fact]
    public async Task A_subscription_does_not_hold_the_end_up()
    {
        await using var conversation = new McpConversation(
            Source,
            session: new StreamSession { Grace = TimeSpan.FromMinutes(10) }
        );
        await conversation.AskPerRequestAsync(
            1,
            "subscriptions/listen",
            "\"notifications\":{\"toolsListChanged\":true}"
        );
        conversation.CloseInput();
        await conversation.EndedAsync();
    }

    private static async Task AssertAnswersPingAsync(McpConversation conversation)
    {
        var answer = await conversation.AskAsync("""{"jsonrpc":"2.0","id":77,"method":"ping"}""");
        Assert.Equal(77, answer.GetProperty("id").GetInt32());
    }
}
