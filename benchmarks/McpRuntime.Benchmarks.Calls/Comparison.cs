using System.Diagnostics;
using System.Globalization;

namespace McpRuntime.Benchmarks.Calls;

/// <summary>
/// Interleaved rounds, so that whatever else the machine does meets all rivals alike; medians of ratios.
/// </summary>
internal sealed class Comparison(Rivals rivals)
{
    private const int Rounds = 7;
    private const int Calls = 2000;
    private const int Concurrent = 64;

    // So many that one collection or one busy moment of the machine does not decide a round.
    private const int CallsTogether = 25_600;

    public async Task RunAsync(TextWriter output)
    {
        // Until the runtime has compiled everything at its last tier.
        for (var i = 0; i < 4; i++)
        {
            await OneByOneAsync(rivals.BareAsync);
            await OneByOneAsync(rivals.CoreAsync);
            await OneByOneAsync(rivals.SecuredAsync);
        }
        var rounds = new List<Round>();
        for (var i = 0; i < Rounds; i++)
        {
            rounds.Add(
                new Round(
                    await OneByOneAsync(rivals.BareAsync),
                    await OneByOneAsync(rivals.CoreAsync),
                    await OneByOneAsync(rivals.SecuredAsync),
                    await TogetherAsync(rivals.BareAsync),
                    await TogetherAsync(rivals.CoreAsync),
                    await TogetherAsync(rivals.SecuredAsync)
                )
            );
        }
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                one at a time   bare {Median(rounds, r => r.Bare.Microseconds):F0} us, {Median(rounds, r =>
                    r.Bare.Kilobytes
                ):F1} KB
                                Core             x{Median(rounds, r =>
                    r.Core.Microseconds / r.Bare.Microseconds
                ):F2} of its time, +{Median(rounds, r => r.Core.Kilobytes - r.Bare.Kilobytes):F1} KB
                                Core, a token    x{Median(rounds, r =>
                    r.Secured.Microseconds / r.Bare.Microseconds
                ):F2} of its time, +{Median(rounds, r => r.Secured.Kilobytes - r.Bare.Kilobytes):F1} KB
                {Concurrent} at a time    bare {Median(rounds, r => r.BareTogether):F0} calls/s
                                Core             {Median(rounds, r =>
                    r.CoreTogether / r.BareTogether
                ):F2} of its throughput
                                Core, a token    {Median(rounds, r =>
                    r.SecuredTogether / r.BareTogether
                ):F2} of its throughput
                """
            )
        );
    }

    // The median of single calls: one that met a collection or another process does not count for many.
    private static async Task<Measure> OneByOneAsync(Func<Task> call)
    {
        var times = new double[Calls];
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Calls; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await call();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }
        var kilobytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0 / Calls;
        Array.Sort(times);
        return new Measure(times[Calls / 2], kilobytes);
    }

    private static async Task<double> TogetherAsync(Func<Task> call)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, Concurrent)
                .Select(async _ =>
                {
                    for (var i = 0; i < CallsTogether / Concurrent; i++)
                        await call();
                })
        );
        return CallsTogether / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<Round> rounds, Func<Round, double> value) =>
        rounds.Select(value).Order().ElementAt(rounds.Count / 2);

    private readonly record struct Measure(double Microseconds, double Kilobytes);

    private sealed record Round(
        Measure Bare,
        Measure Core,
        Measure Secured,
        double BareTogether,
        double CoreTogether,
        double SecuredTogether
    );
}
