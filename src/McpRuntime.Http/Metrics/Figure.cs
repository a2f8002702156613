namespace McpRuntime.Http.Metrics;

/// <summary>A number of the gateway as a whole that is read when someone asks for it.</summary>
/// <param name="Name">As an instrument of OpenTelemetry, e.g. <c>mcp_runtime.audit.waiting</c>.</param>
/// <param name="IsCounter">It only grows, from 0 at the start of the process.</param>
/// <param name="Unit">Of UCUM, or a word in braces.</param>
/// <param name="Help">What it counts.</param>
/// <param name="Read">Its samples now; one without a label where it has only one.</param>
internal sealed record Figure(string Name, bool IsCounter, string Unit, string Help, Func<IEnumerable<Sample>> Read)
{
    /// <summary>The label of its samples; null where it has one sample without.</summary>
    public string? Label { get; init; }

    public static Figure Gauge(string name, string unit, string help, Func<double> read) =>
        new(name, false, unit, help, () => [new Sample(read(), null)]);

    public static Figure Counter(string name, string unit, string help, Func<double> read) =>
        new(name, true, unit, help, () => [new Sample(read(), null)]);
}

/// <param name="Value">The number.</param>
/// <param name="Label">The value of the figure's label; null where it has none.</param>
internal readonly record struct Sample(double Value, string? Label);
