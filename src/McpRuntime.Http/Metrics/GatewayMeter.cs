using System.Diagnostics.Metrics;
using McpRuntime.Calls.Recording;

namespace McpRuntime.Http.Metrics;

/// <summary>Gives OpenTelemetry the <see cref="GatewayFigures"/>, where someone collects them.</summary>
internal sealed class GatewayMeter : IDisposable
{
    /// <summary>Name of the Meter.</summary>
    public const string Name = "McpRuntime.Gateway";

    private readonly Meter _meter = new(Name);

    public GatewayMeter(GatewayFigures figures)
    {
        // The running calls are an instrument of Core already.
        foreach (var figure in figures.All.Where(figure => figure.Name != CallTelemetry.ActiveName))
        {
            if (figure.IsCounter)
                _meter.CreateObservableCounter(figure.Name, () => Measure(figure), figure.Unit, figure.Help);
            else
                _meter.CreateObservableGauge(figure.Name, () => Measure(figure), figure.Unit, figure.Help);
        }
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<double>> Measure(Figure figure) =>
        figure
            .Read()
            .Select(sample =>
                figure.Label is { } label
                    ? new Measurement<double>(sample.Value, new KeyValuePair<string, object?>(label, sample.Label))
                    : new Measurement<double>(sample.Value)
            );
}
