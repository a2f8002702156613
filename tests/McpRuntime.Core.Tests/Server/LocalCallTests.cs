using System.Diagnostics;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Server;
using McpRuntime.Server.Surface;

namespace McpRuntime.Tests.Server;

/// <summary>Calls that the server answers itself leave one span each, in the client's trace.</summary>
public sealed class LocalCallTests : IDisposable
{
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly List<Activity> _started = [];
    private readonly List<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public LocalCallTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "McpRuntime.Calls",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = span => Add(_started, span),
            ActivityStopped = span => Add(_spans, span),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData("echo", """{"message":"x"}""", null)]
    [InlineData("echo", "{}", "tool_error")]
    [InlineData("no_such_tool", "{}", "tool_error")]
    public async Task A_built_in_tool_and_a_name_that_no_tool_has_leave_a_span(
        string name,
        string arguments,
        string? error
    )
    {
        var list = new ToolList(
            TestTools.List(TestTools.Connector("pets", "list")).Catalog,
            BuiltInTools.Create(TimeProvider.System, ToolFilter.None),
            new ListForm()
        );
        await using var conversation = await McpConversation.InitializedAsync(new SettableSource(list));

        await conversation.AskAsync(Call(name, arguments));

        var span = Assert.Single(_spans);
        Assert.Equal(
            ($"tools/call {name}", name, error),
            (span.DisplayName, span.GetTagItem("gen_ai.tool.name"), span.GetTagItem("error.type"))
        );
    }

    [Fact]
    public async Task A_call_tool_leaves_only_the_span_of_the_tool_that_it_calls()
    {
        var list = new Exposure(ToolExposure.Search).Make(
            TestTools.List(TestTools.Connector("pets", "list")).Catalog,
            [],
            new ListForm()
        );
        await using var conversation = await McpConversation.InitializedAsync(
            new SettableSource(list),
            new DelegateInvoker()
        );

        var answer = await conversation.AskAsync(Call("call_read_tool", """{"name":"list"}"""));

        Assert.Contains("pets/list", answer.ToString(), StringComparison.Ordinal);
        // The invoker, which the test plays, would begin the one span.
        Assert.Empty(_started);
    }

    private string Call(string name, string arguments) =>
        $$$"""
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{name}}}","arguments":{{{arguments}}},"_meta":{"traceparent":"00-{{{_trace}}}-00f067aa0ba902b7-01"} } }
            """.ReplaceLineEndings("");

    private void Add(List<Activity> spans, Activity span)
    {
        if (span.TraceId == _trace)
            spans.Add(span);
    }
}
