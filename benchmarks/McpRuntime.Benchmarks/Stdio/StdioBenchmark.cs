using System.Diagnostics;
using System.Globalization;

namespace McpRuntime.Benchmarks.Stdio;

/// <summary>
/// What a client waits for: from starting the process to the answer of initialize, to the first complete tools/list,
/// and for a list after that. Every round runs all programs in turn, so that what else the machine does meets each.
/// </summary>
internal static class StdioBenchmark
{
    public static async Task<int> RunAsync(string[] options)
    {
        var rounds = Option(options, "--rounds", 20);
        var tools = Option(options, "--tools", 1000);
        var folder = Directory.CreateTempSubdirectory("mcp-runtime-bench-").FullName;
        try
        {
            var programs = Array.IndexOf(options, "--published") is >= 0 and var at
                ? options[at + 1]
                : Path.Combine(folder, "programs");
            var ours = await Published.PublishAsync("src/McpRuntime.Stdio", "mcp-runtime", programs);
            var floor = await Published.PublishAsync(
                "benchmarks/McpRuntime.Benchmarks.Floor",
                "mcp-runtime-floor",
                programs
            );
            var isGood = Measure(ours, floor, folder, rounds, tools);
            if (Array.IndexOf(options, "--document") is >= 0 and var named)
                isGood &= await DocumentBenchmark.RunAsync(ours, options[named + 1], folder, rounds);
            return isGood ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Measure(string ours, string floor, string folder, int rounds, int tools)
    {
        var connectors = Path.Combine(folder, "connectors");
        SampleConnectors.Write(connectors, tools);
        string[] serve = ["serve", "--connectors", connectors];
        var list = Path.Combine(folder, "list.json");
        using (var server = new ServerProcess(ours, folder, serve))
        using (var copy = File.Create(list))
        {
            server.Send(ServerProcess.List);
            Console.WriteLine($"tools/list of {tools} tools: {server.Receive(copy)} bytes");
        }

        var bareInitialize = new Samples("(a) initialize, bare SDK server");
        var ourInitialize = new Samples("(a) initialize, mcp-runtime");
        var memoryList = new Samples("(b) first tools/list, SDK, tools in memory");
        var ourList = new Samples("(b) first tools/list, mcp-runtime");
        var bytesAgain = new Samples("(c) loop that writes the same bytes");
        var sdkAgain = new Samples("(c) second tools/list, SDK");
        var ourAgain = new Samples("(c) second tools/list, mcp-runtime");
        for (var round = -1; round < rounds; round++)
        {
            // The first round warms the disk's cache and is thrown away.
            var keep = round >= 0;
            Initialize(new ServerProcess(floor, folder, "sdk"), keep ? bareInitialize : null);
            Initialize(new ServerProcess(ours, folder, serve), keep ? ourInitialize : null);
            List(
                () => new ServerProcess(floor, folder, "sdk-tools", tools.ToString(CultureInfo.InvariantCulture)),
                keep ? memoryList : null,
                keep ? sdkAgain : null
            );
            List(() => new ServerProcess(ours, folder, serve), keep ? ourList : null, keep ? ourAgain : null);
            Bytes(new ServerProcess(floor, folder, "bytes", list), keep ? bytesAgain : null);
        }

        foreach (
            var samples in new[] { bareInitialize, ourInitialize, memoryList, ourList, bytesAgain, sdkAgain, ourAgain }
        )
            Console.WriteLine(samples);
        return Verdict.Ratio("(a)", ourInitialize, bareInitialize, 1.2)
            & Verdict.Ratio("(b)", ourList, memoryList, 2.5)
            & Verdict.Ratio("(c)", ourAgain, bytesAgain, 3);
    }

    internal static void Initialize(ServerProcess server, Samples? samples)
    {
        using (server)
        {
            server.Send(ServerProcess.Initialize);
            server.Receive();
            samples?.Add(Stopwatch.GetElapsedTime(server.Started));
        }
    }

    internal static void List(Func<ServerProcess> start, Samples? first, Samples? second)
    {
        using var server = start();
        server.Send(ServerProcess.Initialize);
        server.Receive();
        server.Send(ServerProcess.Initialized, ServerProcess.List);
        server.Receive();
        first?.Add(Stopwatch.GetElapsedTime(server.Started));
        Again(server, second);
    }

    private static void Bytes(ServerProcess server, Samples? samples)
    {
        using (server)
        {
            server.Send(ServerProcess.List);
            server.Receive();
            Again(server, samples);
        }
    }

    private static void Again(ServerProcess server, Samples? samples)
    {
        var started = Stopwatch.GetTimestamp();
        server.Send(ServerProcess.List);
        server.Receive();
        samples?.Add(Stopwatch.GetElapsedTime(started));
    }

    internal static int Option(string[] options, string name, int otherwise) =>
        Array.IndexOf(options, name) is >= 0 and var at
            ? int.Parse(options[at + 1], CultureInfo.InvariantCulture)
            : otherwise;
}
