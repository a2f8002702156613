using System.Diagnostics;
using McpRuntime.Connectors;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Server;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpRuntime.Tests.Server;

/// <summary>
/// A call through the stream server leaves one span, one duration and one line of the audit, and belongs to the
/// client's trace.
/// </summary>
public class OneRecordTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_leaves_one_span_one_duration_and_one_line_of_the_audit(bool isPerRequest)
    {
        const string Traced = """ "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" """;
        var connector = $"one-stream-{isPerRequest}";
        using var folder = new TemporaryFolder();
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        var tool = TestTools.Tool("answer", "GET /x");
        var list = TestTools.List(TestTools.Connector(connector, tool) with { BaseUrl = upstream.Url.ToString() });
        using var recorded = new RecordedCalls(connector);
        using (
            var invoker = new UpstreamInvoker(
                CallBench.Settings with
                {
                    DataFolder = folder.Path,
                    AuditFile = folder.PathOf("audit.jsonl"),
                },
                [],
                NullLoggerFactory.Instance
            )
        )
        {
            await using var conversation = isPerRequest
                ? new McpConversation(new SettableSource(list), invoker)
                : await McpConversation.InitializedAsync(new SettableSource(list), invoker);
            var answer = await conversation.AskAsync(
                isPerRequest
                    ? McpConversation
                        .PerRequest(1, "tools/call", """ "name":"answer" """)
                        .Replace("\"_meta\":{", $"\"_meta\":{{{Traced},", StringComparison.Ordinal)
                    : $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"answer","arguments":{},"_meta":{ {{{Traced}}} } } }"""
            );
            Assert.True(answer.TryGetProperty("result", out _), answer.ToString());
        }

        var span = Assert.Single(recorded.Spans);
        var duration = Assert.Single(recorded.Durations);
        Assert.Contains(
            Assert.Single(upstream.Request.Header("X-Request-Id")),
            Assert.Single(await File.ReadAllLinesAsync(folder.PathOf("audit.jsonl"), McpConversation.Cancelled)),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"),
            (span.TraceId.ToHexString(), span.ParentSpanId.ToHexString())
        );
        Assert.Equal(span.Id, Assert.Single(upstream.Request.Header("traceparent")));
        var revision = isPerRequest ? "2026-07-28" : "2025-11-25";
        Assert.Equal(
            (revision, revision),
            (span.GetTagItem("mcp.protocol.version"), duration.Tags["mcp.protocol.version"])
        );
    }
}
