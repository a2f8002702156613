using System.Diagnostics;
using McpRuntime.Benchmarks.Stdio;

namespace McpRuntime.Benchmarks.Gateway;

/// <summary>
/// A fresh gateway with the tools of a real document: from starting the process to the answer of initialize, and to the
/// first tools/list, when manifests were read before.
/// </summary>
internal static class GatewayBenchmark
{
    public static async Task<int> RunAsync(string[] options)
    {
        if (Array.IndexOf(options, "--document") is not (>= 0 and var named))
            throw new InvalidOperationException("Name a document with --document FILE.");
        var rounds = StdioBenchmark.Option(options, "--rounds", 20);
        var folder = Directory.CreateTempSubdirectory("mcp-runtime-bench-").FullName;
        try
        {
            var programs = Array.IndexOf(options, "--published") is >= 0 and var at
                ? options[at + 1]
                : Path.Combine(folder, "programs");
            var console = await Published.PublishAsync("src/McpRuntime.Stdio", "mcp-runtime", programs);
            var gateway = await Published.PublishAsync("src/McpRuntime.Http", "mcp-runtime-http", programs);
            var connectors = await DocumentBenchmark.ImportAsync(console, options[named + 1], folder);
            return await MeasureAsync(gateway, connectors, folder, rounds) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> MeasureAsync(string gateway, string connectors, string folder, int rounds)
    {
        var initialize = new Samples("initialize");
        var list = new Samples("first tools/list");
        var again = new Samples("second tools/list");
        for (var round = -1; round < rounds; round++)
        {
            // The first round makes the database and what is kept of the manifests, and is thrown away.
            var keep = round >= 0;
            await using (var process = await GatewayProcess.StartAsync(gateway, connectors, folder))
            {
                await process.InitializeAsync();
                if (keep)
                    initialize.Add(Stopwatch.GetElapsedTime(process.Started));
            }
            await using (var process = await GatewayProcess.StartAsync(gateway, connectors, folder))
            {
                await process.InitializeAsync();
                await process.ListAsync();
                if (keep)
                    list.Add(Stopwatch.GetElapsedTime(process.Started));
                var asked = Stopwatch.GetTimestamp();
                await process.ListAsync();
                if (keep)
                    again.Add(Stopwatch.GetElapsedTime(asked));
            }
        }
        foreach (var samples in new[] { initialize, list, again })
            Console.WriteLine(samples);
        return Verdict.Ratio("first list to initialize", list, initialize, 1.6) & Verdict.Time("second list", again, 5);
    }
}
