using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving;

/// <summary>OTLP export of the server, and that no one pays for it who does not want it.</summary>
public sealed class TelemetryTests : IDisposable
{
    private const string Call =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"answer","arguments":{}}}""";

    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Spans_and_figures_go_to_the_collector_and_the_trace_to_the_api()
    {
        await using var collector = RecordingUpstream.Start(UpstreamAnswer.Empty(200));
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        AddConnector(upstream);
        _runtime.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url.ToString();
        _runtime.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        _runtime.Environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = $"{ProcessRunner.HangGuardMilliseconds}";
        Directory.CreateDirectory(_runtime.DataFolder);
        _runtime.Environment["MCP_RUNTIME_AUDIT_FILE"] = Path.Combine(_runtime.DataFolder, "audit.jsonl");
        await using var session = new ServeSession(_runtime);
        await session.InitializeAsync();
        await session.AskAsync(Call);
        var (exitCode, rest) = await session.EndAsync();

        Assert.Equal((0, ""), (exitCode, rest));
        Assert.Single(
            collector
                .Requests.Where(request => request.Target == "/v1/traces")
                .SelectMany(request => Regex.Matches(request.Text, "tools/call answer"))
        );
        Assert.Contains(collector.Requests, request =>
            request.Target == "/v1/metrics"
            && request.Text.Contains("mcp.server.operation.duration", StringComparison.Ordinal)
        );
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", Assert.Single(upstream.Request.Header("traceparent")));
        var entry = Assert.Single(
            await File.ReadAllLinesAsync(
                Path.Combine(_runtime.DataFolder, "audit.jsonl"),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains(
            $"\"call\":\"{Assert.Single(upstream.Request.Header("X-Request-Id"))}\"",
            entry,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Collector_that_is_away_keeps_nothing_up()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        AddConnector(upstream);
        _runtime.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{FreePort.Take()}";
        await using var session = new ServeSession(_runtime);
        await session.InitializeAsync();
        Assert.Equal(
            "{}",
            (await session.AskAsync(Call))
                .GetProperty("result")
                .GetProperty("content")[0]
                .GetProperty("text")
                .GetString()
        );
        Assert.Equal(0, (await session.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Without_an_endpoint_its_libraries_are_not_even_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the files that a process has loaded are read from /proc");
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        AddConnector(upstream);
        await using var session = new ServeSession(_runtime);
        await session.InitializeAsync();
        await session.AskAsync(Call);
        var loaded = await File.ReadAllTextAsync($"/proc/{session.Id}/maps", TestContext.Current.CancellationToken);
        Assert.Contains("McpRuntime.Core.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", loaded, StringComparison.Ordinal);
        Assert.Empty(upstream.Request.Header("traceparent"));
    }

    private void AddConnector(RecordingUpstream upstream)
    {
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.AddConnector(
            "api",
            $$"""
            connector:
              manifest_version: 2
              name: api
              version: 1.0.0
              base_url: {{upstream.Url.ToString().TrimEnd('/')}}
              tools:
              - { name: answer, description: Answers., endpoint: GET /answer, arguments: { }, input_schema: { type: object } }
            """
        );
    }
}
