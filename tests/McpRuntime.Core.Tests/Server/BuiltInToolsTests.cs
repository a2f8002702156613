using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Server;
using McpRuntime.Server.Surface;
using Microsoft.Extensions.Time.Testing;

namespace McpRuntime.Tests.Server;

public class BuiltInToolsTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 7, 28, 22, 30, 5, TimeSpan.Zero));

    [Theory]
    [InlineData("echo", """{"message":"a\nb"}""", "a\nb")]
    [InlineData("hello", """{"name":"Ada"}""", "Hello, Ada!")]
    [InlineData("hello", "{}", "Hello!")]
    [InlineData("get_time", "{}", "2026-07-28T22:30:05+00:00")]
    [InlineData("get_time", """{"timezone":"Europe/Berlin"}""", "2026-07-29T00:30:05+02:00")]
    public void Good_arguments_are_answered(string name, string arguments, string text)
    {
        var answer = Call(name, arguments);
        Assert.False(answer.IsError);
        Assert.StartsWith(text, TextOf(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo", "{}", "message")]
    [InlineData("echo", """{"message":5}""", "must be a string")]
    [InlineData("hello", """{"nme":"Ada"}""", "takes 'name' only")]
    [InlineData("get_time", """{"timezone":"Mars/Olympus"}""", "Europe/Berlin")]
    [InlineData("get_time", """{"timezone":"../../etc/passwd"}""", "Europe/Berlin")]
    public void Bad_arguments_are_explained(string name, string arguments, string explanation)
    {
        var answer = Call(name, arguments);
        Assert.True(answer.IsError);
        Assert.Contains(explanation, TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_is_structured_too()
    {
        var structured = Call("get_time", """{"timezone":"Europe/Berlin"}""").Structured!.ToString();
        Assert.Equal(
            """{"time":"2026-07-29T00:30:05+02:00","timezone":"Europe/Berlin","weekday":"Wednesday"}""",
            structured
        );
    }

    [Fact]
    public void Their_names_are_exactly_the_reserved_ones_and_a_filter_applies()
    {
        var list = new Exposure(ToolExposure.Search).Make(
            ToolCatalog.Create([TestTools.Connector("c", "t")]),
            [.. BuiltInTools.Create(Time, ToolFilter.None), McpRuntime.Server.Shaping.ResultTool.Tool],
            new ListForm()
        );
        Assert.Equal(WireName.Reserved.Order(), list.BuiltIns.Select(tool => tool.Name).Order());
        Assert.Equal(["echo"], BuiltInTools.Create(Time, new ToolFilter(["ec*", "pets__*"])).Select(tool => tool.Name));
    }

    [Fact]
    public async Task They_answer_over_the_wire()
    {
        var list = new ToolList(ToolCatalog.Empty, BuiltInTools.Create(Time, ToolFilter.None), new ListForm());
        await using var conversation = await McpConversation.InitializedAsync(new SettableSource(list));
        var answer = await conversation.AskAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":"hi"}}}"""
        );
        Assert.Equal("""{"content":[{"type":"text","text":"hi"}]}""", answer.GetProperty("result").GetRawText());
    }

    private static McpRuntime.Calls.Answers.ToolAnswer Call(string name, string arguments) =>
        BuiltInTools
            .Create(Time, ToolFilter.None)
            .Single(tool => tool.Name == name)
            .Invoke(JsonElement.Parse(arguments));

    private static string TextOf(McpRuntime.Calls.Answers.ToolAnswer answer) =>
        Assert.IsType<McpRuntime.Calls.Answers.AnswerContent.Text>(Assert.Single(answer.Content)).Value;
}
