using System.Globalization;

namespace McpRuntime.Benchmarks;

/// <summary>Samples in milliseconds.</summary>
internal sealed class Samples(string name)
{
    private readonly List<double> _values = [];

    public string Name => name;

    public double Median
    {
        get
        {
            var sorted = _values.Order().ToArray();
            return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public double Fastest => _values.Min();

    public void Add(TimeSpan time) => _values.Add(time.TotalMilliseconds);

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name, -44} {Median, 8:0.00} ms   ({Fastest:0.00} to {_values.Max():0.00})"
        );
}
