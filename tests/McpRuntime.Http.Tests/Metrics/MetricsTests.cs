using System.Diagnostics.Metrics;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Metrics;

/// <summary>What /metrics counts besides calls: refusals, limits, answers of APIs, breakers, manifests, the audit.</summary>
public class MetricsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_of_apis_are_counted_by_status()
    {
        await using var upstream = RecordingUpstream.Start(request =>
            request.Method == "DELETE" ? UpstreamAnswer.Empty(404) : UpstreamAnswer.Json("{}")
        );
        using var home = Home(upstream);
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        await gateway.Client.SendAsync("POST", "/v1/tools/get_item", """{"id":1}""");
        await gateway.Client.SendAsync("POST", "/v1/tools/get_item", """{"id":2}""");
        await gateway.Client.SendAsync("POST", "/v1/tools/delete_item", """{"id":1}""");

        var text = await gateway.Client.GetStringAsync("/metrics", Cancelled);

        const string Name = "\nmcp_runtime_upstream_responses_total{mcp_runtime_connector=\"shop\",";
        Assert.Contains(Name + "http_response_status_code=\"200\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains(Name + "http_response_status_code=\"404\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nmcp_runtime_call_retries_total{mcp_runtime_connector=\"shop\"} 0\n", text);
    }

    [Fact]
    public async Task Refusals_are_counted_by_reason()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var reader = await gateway.ClientAsync("reader");
        await gateway.Anonymous.SendAsync("GET", "/v1/tools", status: 401);
        await gateway.Anonymous.SendAsync("GET", "/v1/tools", status: 401);
        await reader.SendAsync("GET", "/v1/tokens", status: 403);
        await gateway.Client.SendAsync("GET", "/v1/projects/none", status: 404);

        var text = await gateway.Client.GetStringAsync("/metrics", Cancelled);

        Assert.Contains("\nmcp_runtime_refusals_total{reason=\"unauthenticated\"} 2\n", text);
        Assert.Contains("\nmcp_runtime_refusals_total{reason=\"insufficient-scope\"} 1\n", text);
        Assert.DoesNotContain("reason=\"not-found\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_breaker_is_shown_to_those_who_manage_the_gateway()
    {
        await using var upstream = RecordingUpstream.Start(_ => UpstreamAnswer.Empty(502));
        using var home = Home(upstream);
        // The clock stands, so that all failures are of one time and the pause does not end.
        var time = new FrozenTime();
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home, parts =>
            parts with
            {
                Time = time,
            }
        );
        using var reader = await gateway.ClientAsync("reader");
        for (var i = 0; i < 40; i++)
            await gateway.Client.SendAsync("POST", "/v1/tools/add_item", """{"item":{}}""");

        var text = await gateway.Client.GetStringAsync("/metrics", Cancelled);
        var others = await reader.GetStringAsync("/metrics", Cancelled);

        var origin = upstream.Url.AbsoluteUri.TrimEnd('/');
        Assert.Contains($"\nmcp_runtime_breaker_open{{origin=\"{origin}\"}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"\nmcp_runtime_breaker_opened_total{{origin=\"{origin}\"}} 1\n", text);
        Assert.DoesNotContain(origin, others, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_with_errors_are_counted_and_so_is_what_is_served_as_it_was()
    {
        await using var upstream = Manifests.Upstream();
        using var home = Home(upstream);
        home.Write("connectors/broken.yaml", "connector: {}");
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        home.Write("connectors/shop.yaml", "connector: {}");
        await gateway.Client.SendAsync("POST", "/v1/runtime/reload");

        var text = await gateway.Client.GetStringAsync("/metrics", Cancelled);

        Assert.Contains("\nmcp_runtime_connectors 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nmcp_runtime_connectors_broken 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nmcp_runtime_connectors_outdated 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_figures_are_instruments_of_open_telemetry()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.Anonymous.SendAsync("GET", "/v1/tools", status: 401);
        using var meter = new Http.Metrics.GatewayMeter(
            (Http.Metrics.GatewayFigures)gateway.App.Services.GetService(typeof(Http.Metrics.GatewayFigures))!
        );
        var measured = new List<(string Name, double Value, string? Label)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == Http.Metrics.GatewayMeter.Name)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, labels, _) =>
                measured.Add((instrument.Name, value, labels.Length == 0 ? null : (string?)labels[0].Value))
        );
        listener.Start();

        listener.RecordObservableInstruments();

        Assert.Contains(("mcp_runtime.database.up", 1, null), measured);
        Assert.Contains(("mcp_runtime.refusals", 1, "unauthenticated"), measured);
        Assert.DoesNotContain(measured, figure => figure.Name == "mcp_runtime.call.active");
    }

    private static TemporaryFolder Home(RecordingUpstream upstream)
    {
        var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        return home;
    }
}
