using System.Globalization;
using System.Text;

namespace McpRuntime.Http.Metrics;

/// <summary>Writes the text format of Prometheus, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>
    /// The name that Prometheus has for an instrument: OpenTelemetry's compatibility rules replace what is neither
    /// letter nor digit, and end a counter in <c>_total</c>.
    /// </summary>
    public static string NameOf(string instrument, bool isCounter) =>
        instrument.Replace('.', '_') + (isCounter ? "_total" : "");

    /// <summary>The head of a metric, before its samples.</summary>
    /// <param name="name">As Prometheus has it.</param>
    /// <param name="type"><c>gauge</c>, <c>counter</c> or <c>histogram</c>.</param>
    /// <param name="help">What it counts.</param>
    public void Head(string name, string type, string help) =>
        _text
            .Append("# HELP ")
            .Append(name)
            .Append(' ')
            .Append(help)
            .Append('\n')
            .Append("# TYPE ")
            .Append(name)
            .Append(' ')
            .Append(type)
            .Append('\n');

    /// <param name="name">As Prometheus has it.</param>
    /// <param name="labels">See <see cref="Labels"/>; empty for none.</param>
    /// <param name="value">The number.</param>
    public void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(CultureInfo.InvariantCulture, $" {value}\n");
    }

    public void Write(Figure figure)
    {
        var name = NameOf(figure.Name, figure.IsCounter);
        Head(name, figure.IsCounter ? "counter" : "gauge", figure.Help);
        foreach (var sample in figure.Read())
            Sample(name, figure.Label is { } label ? Labels((label, sample.Label)) : "", sample.Value);
    }

    /// <summary>Labels without those that have no value.</summary>
    public static string Labels(params ReadOnlySpan<(string Name, string? Value)> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            if (value is not null)
                text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"").Append(Escape(value)).Append('"');
        }
        return text.ToString();
    }

    public override string ToString() => _text.ToString();

    private static string Escape(string value) =>
        value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
