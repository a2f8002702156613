using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace McpRuntime.Benchmarks.Load;

/// <summary>
/// What is measured. The machine's own speed cancels out: figures stand beside the floor's of the same run.
/// </summary>
internal static partial class Measurements
{
    /// <summary>Calls a second of the floor, of 2026-07-28 and of sessions, in turns, for 16 and 64 callers.</summary>
    public static async Task<int> ThroughputAsync(TimeSpan each)
    {
        await using var parts = await RunningParts.StartAsync();
        var floor = new Uri((await parts.StartSelfAsync("floor", parts.Upstream.AbsoluteUri)).Url);
        foreach (var callers in new[] { 16, 64 })
        {
            using var client = Client(callers);
            var sessions = new Caller[callers];
            for (var i = 0; i < callers; i++)
                sessions[i] = await Caller.BeginAsync(client, parts.Gateway, parts.Token);
            var modern = new Caller(client, new Uri(parts.Gateway, "/mcp"), parts.Token, Caller.Modern, null);
            var bare = new Caller(client, floor, parts.Token, null, null);
            Func<int, Caller>[] kinds = [_ => bare, _ => modern, i => sessions[i]];
            foreach (var kind in kinds)
                await WarmUpAsync(callers, kind);
            double[] rates = [0, 0, 0];
            // Six rounds in turns, so that a disturbance hits all alike.
            const int Rounds = 6;
            for (var round = 0; round < Rounds; round++)
            {
                for (var kind = 0; kind < kinds.Length; kind++)
                    rates[kind] += await RateAsync(callers, each / Rounds, kinds[kind]) / Rounds;
            }
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{callers} callers: floor {rates[0]:F0}/s, 2026-07-28 {rates[1]:F0}/s = {rates[1] / rates[0]:F2}, sessions {rates[2]:F0}/s = {rates[2] / rates[0]:F2}"
                )
            );
        }
        return 0;
    }

    /// <summary>
    /// Calls a second of <c>mcp-runtime serve</c> and of a loop by hand that does the same, in turns, for 1 and 64
    /// callers.
    /// </summary>
    public static async Task<int> StdioAsync(TimeSpan each)
    {
        const double Bound = 0.75;
        // Short and many: whatever else the machine does meets both alike.
        const int Rounds = 40;
        await using var parts = await RunningParts.StartUpstreamAsync();
        StdioCaller[] kinds = [new(parts.StartStdioFloor()), new(parts.StartStdio())];
        foreach (var kind in kinds)
        {
            kind.Begin();
            kind.WarmUp(64, 60_000);
        }
        var ratio = 0.0;
        foreach (var callers in new[] { 1, 64 })
        {
            double[] calls = [0, 0];
            double[] micros = [0, 0];
            var ratios = new double[Rounds];
            for (var round = 0; round < Rounds; round++)
            {
                var rates = new double[kinds.Length];
                for (var kind = 0; kind < kinds.Length; kind++)
                {
                    var before = kinds[kind].ProcessorTime;
                    rates[kind] = kinds[kind].Rate(callers, each / Rounds);
                    calls[kind] += rates[kind] * each.TotalSeconds / Rounds;
                    micros[kind] += (kinds[kind].ProcessorTime - before).TotalMicroseconds;
                }
                ratios[round] = rates[1] / rates[0];
            }
            Array.Sort(ratios);
            ratio = (ratios[(Rounds / 2) - 1] + ratios[Rounds / 2]) / 2;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"stdio, {callers} callers: floor {calls[0] / each.TotalSeconds:F0}/s, serve {calls[1] / each.TotalSeconds:F0}/s = {calls[1] / calls[0]:F2}, median of {Rounds} ratios {ratio:F2} (quartiles {ratios[Rounds / 4]:F2} and {ratios[Rounds * 3 / 4]:F2}), processor time of a call {micros[0] / calls[0]:F0} and {micros[1] / calls[1]:F0} µs"
                )
            );
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"64 callers, bound {Bound}: {(ratio >= Bound ? "good" : "TOO SLOW")}"
            )
        );
        return ratio >= Bound ? 0 : 1;
    }

    /// <summary>One of the three alone, for a profiler; with the processor time of its process for each call.</summary>
    public static async Task<int> OnlyAsync(string kind, int callers, TimeSpan length)
    {
        await using var parts = await RunningParts.StartAsync();
        var (floor, floorProcess) = await parts.StartSelfAsync("floor", parts.Upstream.AbsoluteUri);
        using var client = Client(callers);
        var sessions = new Caller[callers];
        for (var i = 0; i < callers; i++)
            sessions[i] = await Caller.BeginAsync(client, parts.Gateway, parts.Token);
        var modern = new Caller(client, new Uri(parts.Gateway, "/mcp"), parts.Token, Caller.Modern, null);
        var bare = new Caller(client, new Uri(floor), parts.Token, null, null);
        var process = kind == "floor" ? floorProcess : parts.GatewayProcess;
        Func<int, Caller> caller = kind switch
        {
            "floor" => _ => bare,
            "sessions" => i => sessions[i],
            _ => _ => modern,
        };
        await WarmUpAsync(callers, caller);
        process.Refresh();
        var before = process.TotalProcessorTime;
        var allocated = await AllocatedAsync(client, parts);
        Console.WriteLine($"{kind}: process {process.Id} is warm");
        var rate = await RateAsync(callers, length, caller);
        process.Refresh();
        var micros = (process.TotalProcessorTime - before).TotalMicroseconds / (rate * length.TotalSeconds);
        var bytes = (await AllocatedAsync(client, parts) - allocated) / (rate * length.TotalSeconds);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{kind}: {rate:F0}/s, {micros:F0} µs of the process and {bytes:F0} bytes of the gateway for each"
            )
        );
        return 0;
    }

    /// <summary>Memory of sessions that do nothing.</summary>
    public static async Task<int> IdleSessionsAsync(int count)
    {
        await using var parts = await RunningParts.StartAsync();
        using var client = Client(16);
        await Caller.BeginAsync(client, parts.Gateway, parts.Token);
        var before = Megabytes(parts.GatewayProcess);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
            await Caller.BeginAsync(client, parts.Gateway, parts.Token)
        );
        Console.WriteLine($"{count} idle sessions: {before} MB before, {Megabytes(parts.GatewayProcess)} MB after");
        return 0;
    }

    /// <summary>Heap after full collections, handles and threads over many calls.</summary>
    public static async Task<int> SoakAsync(int calls)
    {
        await using var parts = await RunningParts.StartAsync();
        using var client = Client(16);
        var modern = new Caller(client, new Uri(parts.Gateway, "/mcp"), parts.Token, Caller.Modern, null);
        var session = await Caller.BeginAsync(client, parts.Gateway, parts.Token);
        List<long[]> seen = [];
        for (var tenth = 1; tenth <= 10; tenth++)
        {
            await Parallel.ForAsync(0, calls / 10, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
                await (i % 2 == 0 ? modern : session).CallAsync()
            );
            parts.GatewayProcess.Refresh();
            seen.Add([
                await HeapAsync(client, parts),
                Directory.GetFiles($"/proc/{parts.GatewayProcess.Id}/fd").Length,
                parts.GatewayProcess.Threads.Count,
            ]);
            Console.WriteLine(
                $"{tenth * calls / 10} calls: {seen[^1][0]} bytes of heap, {seen[^1][1]} handles, {seen[^1][2]} threads"
            );
        }
        var growth = seen[^1].Zip(seen[0], (last, first) => (double)last / first).ToArray();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"End against the first tenth: heap {growth[0]:F3}, handles {growth[1]:F3}, threads {growth[2]:F3}; at most 1.05"
            )
        );
        return growth.Max() <= 1.05 ? 0 : 1;
    }

    // By count and not by time: a busy machine would begin to measure before everything is compiled.
    private static Task WarmUpAsync(int callers, Func<int, Caller> caller) =>
        Parallel.ForAsync(0, 120_000, new ParallelOptions { MaxDegreeOfParallelism = callers }, async (i, _) =>
            await caller(i % callers).CallAsync()
        );

    private static async Task<double> RateAsync(int callers, TimeSpan length, Func<int, Caller> caller)
    {
        var count = 0L;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        var mine = caller(i);
                        while (Stopwatch.GetElapsedTime(started) < length)
                        {
                            await mine.CallAsync();
                            Interlocked.Increment(ref count);
                        }
                    })
                )
        );
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // The least of several: what the last calls left to be written, or in a pool, is no growth.
    private static async Task<long> HeapAsync(HttpClient client, RunningParts parts)
    {
        var least = long.MaxValue;
        for (var time = 0; time < 10; time++)
        {
            var metrics = await MetricsAsync(client, parts, "?collect=true");
            least = Math.Min(least, long.Parse(Heap().Match(metrics).Groups[1].Value, CultureInfo.InvariantCulture));
        }
        return least;
    }

    private static async Task<long> AllocatedAsync(HttpClient client, RunningParts parts) =>
        long.Parse(
            Allocated().Match(await MetricsAsync(client, parts, "")).Groups[1].Value,
            CultureInfo.InvariantCulture
        );

    private static async Task<string> MetricsAsync(HttpClient client, RunningParts parts, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(parts.Gateway, "/metrics" + query));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", parts.Token);
        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private static long Megabytes(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 / (1024 * 1024);
    }

    private static HttpClient Client(int callers) =>
        new(
            new SocketsHttpHandler
            {
                MaxConnectionsPerServer = callers,
                UseCookies = false,
                UseProxy = false,
            }
        );

    [GeneratedRegex("^dotnet_gc_heap_bytes (\\d+)$", RegexOptions.Multiline)]
    private static partial Regex Heap();

    [GeneratedRegex("^dotnet_gc_allocated_bytes_total (\\d+)$", RegexOptions.Multiline)]
    private static partial Regex Allocated();
}
