using System.Globalization;
using System.Runtime.CompilerServices;
using McpRuntime.Calls.Recording;
using McpRuntime.Server;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace McpRuntime.Stdio.Serving;

/// <summary>
/// Sends traces and metrics by OTLP where OpenTelemetry's own variables say so (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>).
/// Without them none of its libraries is loaded: the start of a server is waited for. Spans name tools and connectors,
/// never arguments.
/// </summary>
/// <setting
///   variable="OTEL_EXPORTER_OTLP_ENDPOINT"
///   values="a URL"
///   otherwise="none; nothing is sent"
///   by="console, gateway"
/// >
/// OTLP endpoint for traces and metrics of calls. OpenTelemetry's other variables (<c>OTEL_EXPORTER_OTLP_PROTOCOL</c>,
/// <c>OTEL_EXPORTER_OTLP_HEADERS</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>, …) work as well.
/// </setting>
internal sealed class Telemetry : IDisposable
{
    // A collector that is away must not keep a program from ending; who set how long one may take has decided it.
    private const int PatienceMilliseconds = 2000;

    private static readonly int Patience = int.TryParse(
        Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_TIMEOUT"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var milliseconds
    )
        ? milliseconds
        : PatienceMilliseconds;

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private Telemetry()
    {
        var resource = ResourceBuilder
            .CreateDefault()
            .AddService("mcp-runtime", serviceVersion: ServerIdentity.Version);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(CallTelemetry.Name)
            .AddOtlpExporter()
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(CallTelemetry.Name, "System.Net.Http")
            .AddOtlpExporter()
            .Build();
    }

    /// <summary>Starts the export; null where no one wants it.</summary>
    public static IDisposable? Start() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")) ? null : Create();

    public void Dispose()
    {
        _traces.Shutdown(Patience);
        _metrics.Shutdown(Patience);
        _traces.Dispose();
        _metrics.Dispose();
    }

    // Apart, so that reading the variable loads nothing.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Telemetry Create() => new();
}
