using System.Diagnostics;
using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Calls;

/// <summary>
/// A call leaves one span, one duration and one entry of the audit, whichever way it comes to the gateway.
/// </summary>
public class OneRecordTests
{
    public enum Way
    {
        Session,
        SessionThroughLibrary,
        Stateless,
        StatelessThroughLibrary,
        SessionOfOneRequest,
        Rest,
    }

    [Theory]
    [InlineData(Way.Session, "get_item", "ok 200")]
    [InlineData(Way.Session, "delete_item", "error 404")]
    [InlineData(Way.SessionThroughLibrary, "get_item", "ok 200")]
    [InlineData(Way.Stateless, "get_item", "ok 200")]
    [InlineData(Way.Stateless, "delete_item", "error 404")]
    [InlineData(Way.StatelessThroughLibrary, "get_item", "ok 200")]
    [InlineData(Way.SessionOfOneRequest, "get_item", "ok 200")]
    [InlineData(Way.Rest, "get_item", "ok 200")]
    [InlineData(Way.Rest, "delete_item", "error 404")]
    public async Task A_call_leaves_one_span_one_duration_and_one_entry_of_the_audit(
        Way way,
        string tool,
        string outcome
    )
    {
        var connector = $"one-{way}-{tool}".ToLowerInvariant().Replace('_', '-');
        await using var upstream = RecordingUpstream.Start(request =>
            request.Method == "DELETE" ? UpstreamAnswer.Empty(404) : UpstreamAnswer.Json("{}")
        );
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url, connector));
        (string, string)[] variables =
            way == Way.SessionOfOneRequest ? [Manifests.Loopback, ("STATELESS", "true")] : [Manifests.Loopback];
        await using var gateway = await RunningGateway.StartAsync(variables, home);
        using var recorded = new RecordedCalls(connector);

        await CallAsync(gateway.Client, way, tool);

        var entry = Assert.Single(await Audit.CallsAsync(gateway.Client, least: 1));
        var span = Assert.Single(recorded.Spans);
        var duration = Assert.Single(recorded.Durations);
        var call = Assert.Single(upstream.Request.Header("X-Request-Id"));
        Assert.Equal(
            (call, outcome, $"{connector}:{tool}"),
            (entry.Text("callId"), entry.Text("outcome"), entry.Text("target"))
        );
        Assert.Equal(
            (call, $"tools/call {tool}", ActivityKind.Server),
            (span.GetTagItem("mcp_runtime.call"), span.DisplayName, span.Kind)
        );
        Assert.Equal((tool, "tools/call"), (duration.Tags["gen_ai.tool.name"], duration.Tags["mcp.method.name"]));
        Assert.Equal(
            outcome.StartsWith("ok", StringComparison.Ordinal) ? null : "tool_error",
            duration.Tags.GetValueOrDefault("error.type")
        );
        var metrics = await gateway.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Single(metrics.Split('\n'), line =>
            line.StartsWith("mcp_server_operation_duration_seconds_count{", StringComparison.Ordinal)
            && line.EndsWith(" 1", StringComparison.Ordinal)
        );
        Assert.Contains($"Call {call}:", await gateway.EndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Way.Session)]
    [InlineData(Way.SessionThroughLibrary)]
    [InlineData(Way.Stateless)]
    [InlineData(Way.StatelessThroughLibrary)]
    public async Task The_trace_of_the_client_goes_on(Way way)
    {
        var connector = $"traced-{way}".ToLowerInvariant();
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url, connector));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        using var recorded = new RecordedCalls(connector);

        await CallAsync(
            gateway.Client,
            way,
            "get_item",
            """ "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","tracestate":"vendor=1" """
        );

        var span = Assert.Single(recorded.Spans);
        Assert.Equal(
            ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"),
            (span.TraceId.ToHexString(), span.ParentSpanId.ToHexString())
        );
        Assert.True(span.HasRemoteParent);
        Assert.Equal(span.Id, Assert.Single(upstream.Request.Header("traceparent")));
        Assert.Equal(["vendor=1"], upstream.Request.Header("tracestate"));
    }

    private static async Task CallAsync(HttpClient client, Way way, string tool, string? meta = null)
    {
        const string PerRequest =
            """ "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{} """;
        var isModern = way is Way.Stateless or Way.StatelessThroughLibrary;
        // Both ask for what only the library does.
        List<string?> members = [meta, isModern ? PerRequest : null];
        if (way == Way.StatelessThroughLibrary)
            members.Add(""" "io.modelcontextprotocol/logLevel":"info" """);
        if (way == Way.SessionThroughLibrary)
            members.Add(""" "io.modelcontextprotocol/anything":1 """);
        var written = string.Join(',', members.Where(member => member is not null));
        if (way == Way.Rest)
        {
            await client.SendAsync("POST", $"/v1/tools/{tool}", """{"id":7}""");
            return;
        }
        var session = way is Way.Session or Way.SessionThroughLibrary ? await client.InitializeAsync() : null;
        var message =
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{tool}}","arguments":{"id":7},"_meta":{ {{written}} } } }""";
        var request = Post(message, session: session);
        request.Headers.Add("MCP-Protocol-Version", isModern ? New : "2025-11-25");
        if (isModern)
        {
            request.Headers.Add("Mcp-Method", "tools/call");
            request.Headers.Add("Mcp-Name", tool);
        }
        await client.JsonAsync(request);
    }
}
