using System.Text;
using System.Text.Json;
using McpRuntime.Server;
using static McpRuntime.Tests.Server.TestTools;

namespace McpRuntime.Tests.Server;

/// <summary><c>initialize</c> as clients send it, and batches of revision 2025-03-26, on standard input.</summary>
public class HandshakeTests
{
    private const string Client = """ "clientInfo":{"name":"x","version":"1"} """;

    private static readonly SettableSource Source = new(List(Connector("pets", "get_pet")));

    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2026-07-28", "2025-11-25")]
    [InlineData("2099-01-01", "2025-11-25")]
    [InlineData("DRAFT-2026-v1", "2025-11-25")]
    [InlineData("latest", "2025-11-25")]
    [InlineData("2024-10-07", "2025-11-25")]
    [InlineData("1.0", "2025-11-25")]
    [InlineData("", "2025-11-25")]
    public async Task Every_revision_is_answered_with_one_that_is_spoken(string asked, string agreed)
    {
        var answer = await InitializeAsync($$""" "protocolVersion":"{{asked}}","capabilities":{},{{Client}} """);
        Assert.Equal(agreed, answer.GetProperty("result").GetProperty("protocolVersion").GetString());
    }

    [Theory]
    [InlineData("{}", "protocolVersion", "capabilities", "clientInfo")]
    [InlineData("""{"protocolVersion":"2025-06-18"}""", "capabilities", "clientInfo")]
    [InlineData("""{"protocolVersion":"2025-06-18","capabilities":{}}""", "clientInfo")]
    [InlineData(
        """{"protocolVersion":"2025-06-18","capabilities":null,"clientInfo":{"name":"x","version":"1"}}""",
        "capabilities"
    )]
    [InlineData(
        """{"protocolVersion":20250618,"capabilities":{},"clientInfo":{"name":"x","version":"1"}}""",
        "protocolVersion"
    )]
    [InlineData("""{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":"x"}""", "clientInfo")]
    [InlineData(
        """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{}}""",
        "clientInfo.name",
        "clientInfo.version"
    )]
    [InlineData(
        """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":1}}""",
        "clientInfo.version"
    )]
    [InlineData("null", "protocolVersion", "capabilities", "clientInfo")]
    public async Task What_is_missing_is_named(string parameters, params string[] names)
    {
        await using var conversation = new McpConversation(Source);
        var error = (
            await conversation.AskAsync(
                $$"""{"jsonrpc":"2.0","id":"a","method":"initialize","params":{{parameters}}}"""
            )
        ).GetProperty("error");
        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
        foreach (var name in names)
            Assert.Contains(name, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        // The session goes on, and a better attempt is taken.
        var again = await conversation.AskAsync(
            $$"""{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},{{Client}} } }"""
        );
        Assert.Equal("2025-06-18", again.GetProperty("result").GetProperty("protocolVersion").GetString());
    }

    [Theory]
    [InlineData(""" "capabilities":{"sampling":true} """)]
    [InlineData(
        """ "capabilities":{"roots":{"listChanged":"yes"},"elicitation":5,"experimental":[],"future":{"a":[1]}} """
    )]
    [InlineData(""" "capabilities":[] """)]
    [InlineData(""" "capabilities":"all" """)]
    [InlineData(""" "capabilities":{"roots":null,"tasks":"x","extensions":7,"sampling":{"tools":1}} """)]
    [InlineData(""" "capabilities":{},"_meta":5 """)]
    [InlineData(""" "capabilities":{},"more":{"a":1} """)]
    public async Task Shapes_that_no_one_knows_are_ignored(string members)
    {
        var answer = await InitializeAsync($$""" "protocolVersion":"2025-06-18",{{members}},{{Client}} """);
        Assert.Equal("2025-06-18", answer.GetProperty("result").GetProperty("protocolVersion").GetString());
    }

    [Fact]
    public async Task Odd_members_of_the_client_are_ignored()
    {
        var answer = await InitializeAsync(
            """ "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"x","version":"1","title":7,"icons":"none","websiteUrl":[],"more":{}} """
        );
        Assert.Equal("2025-11-25", answer.GetProperty("result").GetProperty("protocolVersion").GetString());
    }

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-11-25")]
    public async Task Nothing_is_promised_that_is_not_done(string revision)
    {
        var capabilities = (
            await InitializeAsync($$""" "protocolVersion":"{{revision}}","capabilities":{},{{Client}} """)
        )
            .GetProperty("result")
            .GetProperty("capabilities");
        Assert.Equal("""{"tools":{"listChanged":true}}""", capabilities.GetRawText());
        await using var conversation = new McpConversation(Source);
        var discovered = (await conversation.AskPerRequestAsync(1, "server/discover")).GetProperty("result");
        Assert.Equal("""{"tools":{"listChanged":true}}""", discovered.GetProperty("capabilities").GetRawText());
        Assert.Contains(discovered.GetProperty("supportedVersions").EnumerateArray(), version =>
            ProtocolEra.All.Contains(version.GetString())
        );
    }

    [Fact]
    public async Task A_client_that_asked_for_the_newer_revision_first_may_begin_with_the_older_one()
    {
        await using var conversation = new McpConversation(Source);
        await conversation.AskPerRequestAsync(1, "server/discover");
        var answer = await conversation.AskAsync(
            $$"""{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},{{Client}} } }"""
        );
        Assert.Equal("2025-06-18", answer.GetProperty("result").GetProperty("protocolVersion").GetString());
        Assert.Equal(
            1,
            (await conversation.AskAsync("""{"jsonrpc":"2.0","id":3,"method":"tools/list"}"""))
                .GetProperty("result")
                .GetProperty("tools")
                .EnumerateArray()
                .Count(tool => tool.GetProperty("name").GetString() == "get_pet")
        );
    }

    [Fact]
    public async Task A_batch_is_answered_together_in_the_one_revision_that_has_them()
    {
        await using var conversation = await McpConversation.InitializedAsync(Source, revision: "2025-03-26");
        var answer = await conversation.AskAsync(
            """
             [ {"jsonrpc":"2.0","id":2,"method":"ping"}, {"jsonrpc":"2.0","method":"notifications/x"}, 7, {"jsonrpc":"2.0","id":"b","method":"tools/call","params":{"name":"get_pet"}}, {"jsonrpc":"2.0","id":4,"method":"nope"}, {"jsonrpc":"2.0","id":2,"method":"ping"}, {"jsonrpc":"2.0","id":5,"method":"initialize","params":{}} ]
            """.Trim()
        );
        var replies = answer.EnumerateArray().ToLookup(reply => reply.GetProperty("id").GetRawText());
        Assert.Equal(6, replies.Sum(group => group.Count()));
        Assert.Contains(replies["2"], reply => reply.TryGetProperty("result", out _));
        Assert.Contains(replies["2"], reply =>
            reply.TryGetProperty("error", out var error) && error.GetProperty("code").GetInt32() == -32600
        );
        Assert.Equal(
            "pets/get_pet {}",
            Assert
                .Single(replies["\"b\""])
                .GetProperty("result")
                .GetProperty("content")[0]
                .GetProperty("text")
                .GetString()
        );
        Assert.Equal(-32601, Assert.Single(replies["4"]).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(-32600, Assert.Single(replies["5"]).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(-32600, Assert.Single(replies["null"]).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(
            9,
            (await conversation.AskAsync("""{"jsonrpc":"2.0","id":9,"method":"ping"}""")).GetProperty("id").GetInt32()
        );
    }

    [Theory]
    [InlineData("[]", -32600)]
    [InlineData("[{\"jsonrpc\":\"2.0\"", -32700)]
    [InlineData("[] []", -32700)]
    public async Task A_batch_that_is_none_gets_one_error(string line, int code)
    {
        await using var conversation = await McpConversation.InitializedAsync(Source, revision: "2025-03-26");
        var answer = await conversation.AskAsync(line);
        Assert.Equal(code, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("id").ValueKind);
    }

    [Fact]
    public async Task Notifications_alone_are_not_answered_and_too_many_messages_are_refused()
    {
        await using var conversation = await McpConversation.InitializedAsync(Source, revision: "2025-03-26");
        conversation.Send(
            """[{"jsonrpc":"2.0","method":"notifications/x"},{"jsonrpc":"2.0","method":"notifications/y"}]"""
        );
        Assert.Equal(
            1,
            (await conversation.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""")).GetProperty("id").GetInt32()
        );
        var many = new StringBuilder("[");
        for (var i = 0; i <= MessageBatch.MaxMessages; i++)
            many.Append(i == 0 ? "" : ",").Append($$"""{"jsonrpc":"2.0","id":{{i}},"method":"ping"}""");
        Assert.Equal(
            -32600,
            (await conversation.AskAsync(many.Append(']').ToString()))
                .GetProperty("error")
                .GetProperty("code")
                .GetInt32()
        );
    }

    [Fact]
    public async Task A_cancelled_request_does_not_hold_up_its_batch()
    {
        var called = new TaskCompletionSource();
        var invoker = new DelegateInvoker(
            async (_, _, cancellationToken) =>
            {
                called.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException();
            }
        );
        await using var conversation = await McpConversation.InitializedAsync(Source, invoker, "2025-03-26");
        conversation.Send(
            """[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_pet"}},{"jsonrpc":"2.0","id":2,"method":"ping"}]"""
        );
        await called.Task;
        conversation.Send("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""");
        Assert.Equal(
            2,
            Assert.Single((await conversation.ReceiveAsync()).EnumerateArray()).GetProperty("id").GetInt32()
        );
    }

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task Other_revisions_have_no_batches(string revision)
    {
        await using var conversation = await McpConversation.InitializedAsync(Source, revision: revision);
        var answer = await conversation.AskAsync("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""");
        Assert.Equal(-32600, answer.GetProperty("error").GetProperty("code").GetInt32());
    }

    private static async Task<JsonElement> InitializeAsync(string members)
    {
        await using var conversation = new McpConversation(Source);
        return await conversation.AskAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{ {{members}} } }"""
        );
    }
}
