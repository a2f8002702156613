using System.Globalization;

namespace McpRuntime.Benchmarks;

/// <summary>Says whether what was measured is within its bound.</summary>
internal static class Verdict
{
    /// <summary>A median as a multiple of another.</summary>
    public static bool Ratio(string name, Samples ours, Samples floor, double bound) =>
        Tell(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name} ratio {ours.Median / floor.Median:0.00}, bound {bound:0.0}"
            ),
            ours.Median / floor.Median <= bound
        );

    /// <summary>A median in milliseconds.</summary>
    public static bool Time(string name, Samples ours, double bound) =>
        Tell(
            string.Create(CultureInfo.InvariantCulture, $"{name} {ours.Median:0.0} ms, bound {bound:0} ms"),
            ours.Median <= bound
        );

    private static bool Tell(string figure, bool isGood)
    {
        Console.WriteLine($"{figure}: {(isGood ? "good" : "TOO SLOW")}");
        return isGood;
    }
}
