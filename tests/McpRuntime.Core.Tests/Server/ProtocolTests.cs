using System.Text.Json;
using McpRuntime.Server;
using static McpRuntime.Tests.Server.TestTools;

namespace McpRuntime.Tests.Server;

public class ProtocolTests
{
    private static readonly ToolList Pets = List(Connector("pets", "get_pet"));

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task A_session_agrees_on_every_revision_with_initialize(string revision)
    {
        await using var conversation = new McpConversation(new SettableSource(Pets));
        var result = (
            await conversation.AskAsync(
                $$$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{{revision}}}","capabilities":{},"clientInfo":{"name":"t","version":"1"} } }"""
            )
        ).GetProperty("result");
        Assert.Equal(revision, result.GetProperty("protocolVersion").GetString());
        Assert.True(result.GetProperty("capabilities").GetProperty("tools").GetProperty("listChanged").GetBoolean());
        Assert.Equal("mcp-runtime", result.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Equal(ServerIdentity.Version, result.GetProperty("serverInfo").GetProperty("version").GetString());
        Assert.Contains("- pets (1 tool)", result.GetProperty("instructions").GetString(), StringComparison.Ordinal);
        Assert.False(result.TryGetProperty("resultType", out _));
    }

    [Fact]
    public async Task An_unknown_revision_is_answered_with_one_the_server_speaks()
    {
        await using var conversation = new McpConversation(new SettableSource(Pets));
        var answer = await conversation.AskAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"1999-01-01","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"""
        );
        Assert.Equal("2025-11-25", answer.GetProperty("result").GetProperty("protocolVersion").GetString());
    }

    [Fact]
    public async Task Discover_tells_a_client_of_2026_07_28_what_there_is()
    {
        await using var conversation = new McpConversation(new SettableSource(Pets));
        var result = (await conversation.AskPerRequestAsync(1, "server/discover")).GetProperty("result");
        Assert.Equal(
            ["2026-07-28"],
            result.GetProperty("supportedVersions").EnumerateArray().Select(version => version.GetString())
        );
        Assert.True(result.GetProperty("capabilities").GetProperty("tools").GetProperty("listChanged").GetBoolean());
        AssertCompleteResult(result);
    }

    [Fact]
    public async Task Discover_gives_instructions_made_of_what_is_served_now()
    {
        var source = new SettableSource(Pets);
        await using var conversation = new McpConversation(source);

        var before = Instructions(await conversation.AskPerRequestAsync(1, "server/discover"));
        source.Set(List(Connector("birds", "get_bird", "list_birds")));
        var after = Instructions(await conversation.AskPerRequestAsync(2, "server/discover"));

        Assert.Contains("- pets (1 tool)", before, StringComparison.Ordinal);
        Assert.Contains("- birds (2 tools)", after, StringComparison.Ordinal);
        Assert.DoesNotContain("pets", after, StringComparison.Ordinal);

        static string Instructions(JsonElement answer) =>
            answer.GetProperty("result").GetProperty("instructions").GetString()!;
    }

    [Fact]
    public async Task The_hello_is_answered_when_what_is_served_is_known()
    {
        var loaded = new TaskCompletionSource();
        var source = new SettableSource(List());
        await using var conversation = new McpConversation(source, session: new StreamSession { Ready = loaded.Task });
        conversation.Send(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"""
        );

        source.Set(Pets);
        loaded.SetResult();
        var answer = await conversation.ReceiveAsync();

        Assert.Contains(
            "- pets (1 tool)",
            answer.GetProperty("result").GetProperty("instructions").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_unsupported_revision_in_the_metadata_is_refused_with_the_supported_ones()
    {
        await using var conversation = new McpConversation(new SettableSource(Pets));
        var error = (
            await conversation.AskAsync(
                McpConversation
                    .PerRequest(1, "tools/list")
                    .Replace("2026-07-28", "2031-01-01", StringComparison.Ordinal)
            )
        ).GetProperty("error");
        Assert.Equal(-32022, error.GetProperty("code").GetInt32());
        Assert.Equal("2026-07-28", error.GetProperty("data").GetProperty("supported")[0].GetString());
    }

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-11-25")]
    public async Task A_list_for_a_session_carries_nothing_of_a_later_revision(string revision)
    {
        await using var conversation = await McpConversation.InitializedAsync(
            new SettableSource(Pets),
            revision: revision
        );
        var result = (await conversation.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""")).GetProperty(
            "result"
        );
        Assert.Equal(["tools"], result.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task A_list_for_a_request_of_2026_07_28_carries_all_that_is_required()
    {
        await using var conversation = new McpConversation(new SettableSource(Pets));
        var result = (await conversation.AskPerRequestAsync(1, "tools/list")).GetProperty("result");
        Assert.Equal("get_pet", result.GetProperty("tools")[0].GetProperty("name").GetString());
        Assert.Equal(60_000, result.GetProperty("ttlMs").GetInt32());
        Assert.Equal("private", result.GetProperty("cacheScope").GetString());
        AssertCompleteResult(result);
    }

    [Fact]
    public async Task Both_eras_on_one_set_of_options_keep_their_own_results()
    {
        var source = new SettableSource(Pets);
        await using var modern = new McpConversation(source);
        await using var legacy = await McpConversation.InitializedAsync(source);
        AssertCompleteResult(
            (await modern.AskPerRequestAsync(1, "tools/call", "\"name\":\"get_pet\"")).GetProperty("result")
        );
        var older = (
            await legacy.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_pet"}}""")
        ).GetProperty("result");
        Assert.Equal(["content"], older.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Ping_is_answered_in_a_session_and_gone_in_2026_07_28()
    {
        await using var conversation = new McpConversation(new SettableSource(Pets));
        Assert.Equal(
            -32601,
            (await conversation.AskPerRequestAsync(1, "ping")).GetProperty("error").GetProperty("code").GetInt32()
        );
        await using var session = await McpConversation.InitializedAsync(new SettableSource(Pets));
        Assert.Equal(
            "{}",
            (await session.AskAsync("""{"jsonrpc":"2.0","id":2,"method":"ping"}""")).GetProperty("result").GetRawText()
        );
    }

    [Fact]
    public async Task An_unknown_method_is_not_found()
    {
        await using var conversation = await McpConversation.InitializedAsync(new SettableSource(Pets));
        var error = (await conversation.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"no/such"}""")).GetProperty(
            "error"
        );
        Assert.Equal(-32601, error.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_cursor_is_refused_because_the_list_has_one_page()
    {
        await using var conversation = await McpConversation.InitializedAsync(new SettableSource(Pets));
        var error = (
            await conversation.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"2"}}""")
        ).GetProperty("error");
        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_change_is_told_to_a_session_once_it_has_listed()
    {
        var source = new SettableSource(Pets);
        await using var conversation = await McpConversation.InitializedAsync(source);
        source.Set(List(Connector("pets", "unseen")));
        await conversation.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        source.Set(List(Connector("pets", "get_pet", "add_pet")));
        Assert.Equal(
            """{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}""",
            await conversation.ReceiveLineAsync()
        );
        var listed = await conversation.AskAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
        Assert.Equal(2, listed.GetProperty("result").GetProperty("tools").GetArrayLength());
    }

    [Fact]
    public async Task A_change_reaches_a_client_of_2026_07_28_only_where_it_listens_and_with_its_tag()
    {
        var source = new SettableSource(Pets);
        await using var conversation = new McpConversation(source);
        await conversation.AskPerRequestAsync(1, "tools/list");
        source.Set(List(Connector("pets", "unheard")));
        var acknowledged = await conversation.AskPerRequestAsync(
            5,
            "subscriptions/listen",
            "\"notifications\":{\"toolsListChanged\":true}"
        );
        Assert.Equal("notifications/subscriptions/acknowledged", acknowledged.GetProperty("method").GetString());
        source.Set(Pets);
        var change = await conversation.ReceiveAsync();
        Assert.Equal("notifications/tools/list_changed", change.GetProperty("method").GetString());
        Assert.Equal(
            5,
            change
                .GetProperty("params")
                .GetProperty("_meta")
                .GetProperty("io.modelcontextprotocol/subscriptionId")
                .GetInt32()
        );
    }

    [Fact]
    public async Task A_disposed_server_no_longer_follows_its_source()
    {
        var source = new SettableSource(Pets);
        await using var conversation = await McpConversation.InitializedAsync(source);
        var other = new ToolServer(
            source,
            new DelegateInvoker(),
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance
        );
        var raised = 0;
        other.Options.ToolCollection!.Changed += (_, _) => raised++;
        other.Dispose();
        source.Set(List(Connector("pets", "other")));
        Assert.Equal(0, raised);
    }

    private static void AssertCompleteResult(JsonElement result)
    {
        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        var server = result.GetProperty("_meta").GetProperty("io.modelcontextprotocol/serverInfo");
        Assert.Equal("mcp-runtime", server.GetProperty("name").GetString());
        Assert.Equal(ServerIdentity.Version, server.GetProperty("version").GetString());
    }
}
