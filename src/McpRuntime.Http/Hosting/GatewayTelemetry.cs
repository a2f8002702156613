using McpRuntime.Calls.Recording;
using McpRuntime.Http.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace McpRuntime.Http.Hosting;

/// <summary>
/// Sends traces and metrics by OTLP where OpenTelemetry's own variables say so (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>);
/// without them nothing is collected. Spans name tools and connectors, never arguments.
/// </summary>
internal sealed class GatewayTelemetry(IServiceProvider services) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")))
            return Task.CompletedTask;
        var resource = ResourceBuilder
            .CreateDefault()
            .AddService("mcp-runtime-http", serviceVersion: Server.ServerIdentity.Version);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(CallTelemetry.Name, "Microsoft.AspNetCore")
            .AddOtlpExporter()
            .Build();
        services.GetRequiredService<GatewayMeter>();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(CallTelemetry.Name, GatewayMeter.Name, "System.Net.Http", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.ForceFlush(2000);
        _metrics?.ForceFlush(2000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
