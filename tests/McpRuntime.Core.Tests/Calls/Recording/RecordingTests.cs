using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using McpRuntime.Calls.Recording;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Recording;

/// <summary>What a call leaves behind: a line in the audit, a span, figures, and an id on both sides.</summary>
public sealed class RecordingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string AuditPath => _folder.PathOf("audit.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_call_is_a_line_of_the_audit_without_its_values()
    {
        await using (var bench = Bench(UpstreamAnswer.Json("{}"), UpstreamAnswer.Empty(404)))
        {
            var tool = CallBench.Tool("GET /x") with
            {
                Arguments = new Dictionary<string, ArgumentBinding> { ["q"] = new() { In = ArgumentLocation.Query } },
            };
            await bench.CallAsync(tool, """{"q":"known-value"}""");
            await bench.CallAsync(tool, """{"q":"known-value"}""");
            await bench.CallAsync(tool, """{"unknown":"other"}""");
        }
        var lines = await Lines();
        Assert.Equal(
            ["ok 200 1", "error 404 1", "error  0"],
            lines.Select(line => $"{Text(line, "outcome")} {Text(line, "status")} {Text(line, "attempts")}")
        );
        Assert.All(lines, line =>
            Assert.Equal(
                ("api", "tool", Environment.UserName),
                (Text(line, "connector"), Text(line, "tool"), Text(line, "caller"))
            )
        );
        Assert.Equal(Text(lines[0], "arguments"), Text(lines[1], "arguments"));
        Assert.NotEqual(Text(lines[0], "arguments"), Text(lines[2], "arguments"));
        Assert.Matches("^[0-9a-f]{32}$", Text(lines[0], "arguments"));
        Assert.True(lines[0].GetProperty("time").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
        Assert.True(lines[0].GetProperty("duration_ms").GetDouble() > 0);
        Assert.DoesNotContain(
            "known-value",
            await File.ReadAllTextAsync(AuditPath, CallBench.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Cancelled_calls_are_there_too()
    {
        var arrived = new TaskCompletionSource();
        await using (
            var bench = new CallBench(
                RecordingUpstream.Start(
                    (_, _, cancellationToken) =>
                    {
                        arrived.SetResult();
                        return Task.Delay(Timeout.Infinite, cancellationToken);
                    }
                ),
                CallBench.Settings with
                {
                    AuditFile = AuditPath,
                }
            )
        )
        {
            using var cancellation = new CancellationTokenSource();
            var call = bench.CancellableAsync(CallBench.Tool("GET /x"), "{}", cancellation.Token);
            await arrived.Task.WaitAsync(ProcessRunner.HangGuard, CallBench.CancellationToken);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }
        Assert.Equal("cancelled", Text(Assert.Single(await Lines()), "outcome"));
    }

    [Fact]
    public async Task Processes_share_the_file_without_losing_a_line()
    {
        await using (var one = Bench(UpstreamAnswer.Json("{}")))
        await using (var other = Bench(UpstreamAnswer.Json("{}")))
        {
            await Task.WhenAll(
                Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? one : other).CallAsync(CallBench.Tool("GET /x")))
            );
        }
        Assert.Equal(100, (await Lines()).Count);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(AuditPath));
    }

    [Fact]
    public async Task Api_and_audit_and_error_have_one_id()
    {
        string sent,
            text;
        await using (var bench = Bench(UpstreamAnswer.Empty(404)))
        {
            text = CallBench.AllText(await bench.CallAsync(CallBench.Tool("GET /x")));
            sent = Assert.Single(bench.Upstream.Request.Header("X-Request-Id"));
        }
        Assert.Equal(sent, Text(Assert.Single(await Lines()), "call"));
        Assert.EndsWith($"Call {sent}.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_of_the_api_itself_is_left_to_it()
    {
        await using var bench = Bench(UpstreamAnswer.Json("{}"));
        var tool = CallBench.Tool("GET /x") with
        {
            Fixed = [new FixedValue(ArgumentLocation.Header, "x-request-id", JsonText.Parse("\"mine\""))],
        };
        Assert.Equal(["mine"], (await bench.SendAsync(tool)).Header("X-Request-Id"));
    }

    [Fact]
    public async Task Span_names_tool_and_server_and_how_it_went()
    {
        using var recorded = new RecordedCalls("traced");
        await using var bench = Bench(UpstreamAnswer.Empty(404));
        bench.Connector = bench.Connector with { Name = "traced" };
        await bench.CallAsync(CallBench.Tool("DELETE /x"));
        var span = Assert.Single(recorded.Spans);
        Assert.Equal(
            ("tools/call tool", ActivityKind.Internal, ActivityStatusCode.Error),
            (span.DisplayName, span.Kind, span.Status)
        );
        Assert.Equal(
            ("tools/call", "execute_tool", "tool", "tool_error"),
            (
                span.GetTagItem("mcp.method.name"),
                span.GetTagItem("gen_ai.operation.name"),
                span.GetTagItem("gen_ai.tool.name"),
                span.GetTagItem("error.type")
            )
        );
        Assert.Equal("DELETE", span.GetTagItem("http.request.method"));
        Assert.Equal(404, span.GetTagItem("http.response.status_code"));
        Assert.Equal(bench.Upstream.Url.GetLeftPart(UriPartial.Authority), span.GetTagItem("mcp_runtime.origin"));
        Assert.Equal(1, span.GetTagItem("mcp_runtime.attempts"));
    }

    [Fact]
    public async Task Figures_tell_calls_retries_waits_bytes_and_breakers()
    {
        var figures = new List<string>();
        var time = new ManualTime();
        await using var bench = new CallBench(
            RecordingUpstream.Start(UpstreamAnswer.Empty(503), UpstreamAnswer.Json("[1]"), UpstreamAnswer.Empty(503)),
            time: time
        );
        bench.Connector = bench.Connector with { Name = "measured" };
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == CallTelemetry.Name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        var origin = bench.Upstream.Url.GetLeftPart(UriPartial.Authority);
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, $"{value}", tags));
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => Note(instrument, value > 0 ? "+" : "0", tags)
        );
        listener.Start();
        var call = bench.CallAsync(CallBench.Tool("GET /x"));
        await time.NextWaitAsync();
        time.Advance(await time.NextWaitAsync());
        await call;
        for (var i = 0; i < 20; i++)
            await bench.CallAsync(CallBench.Tool("POST /x"));
        lock (figures)
        {
            Assert.Equal(
                [
                    "mcp.server.operation.duration +",
                    "mcp_runtime.call.retries 1",
                    "mcp_runtime.call.wait +",
                    "mcp_runtime.call.response.bytes 3",
                ],
                figures.Take(4)
            );
            Assert.Contains("mcp_runtime.breaker.changes 1", figures);
        }

        void Note(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                if (
                    tag is not ({ Key: "mcp_runtime.connector", Value: "measured" } or { Key: "origin" })
                    || (tag.Key == "origin" && !origin.Equals(tag.Value))
                )
                    continue;
                lock (figures)
                    figures.Add($"{instrument.Name} {value}");
            }
        }
    }

    private CallBench Bench(params UpstreamAnswer[] script) =>
        new(RecordingUpstream.Start(script), CallBench.Settings with { AuditFile = AuditPath });

    private async Task<List<JsonElement>> Lines() =>
        [
            .. (await File.ReadAllLinesAsync(AuditPath, CallBench.CancellationToken)).Select(line =>
                JsonElement.Parse(line)
            ),
        ];

    private static string Text(JsonElement line, string name) => line.GetProperty(name).ToString();
}
