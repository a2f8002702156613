using System.Diagnostics;

namespace McpRuntime.Benchmarks.Stdio;

/// <summary>
/// A fresh <c>mcp-runtime serve</c> with the tools of a real document: how much later than the answer to initialize the
/// first list comes, when manifests were read before; and how much later the answer comes with a lock.
/// </summary>
internal static class DocumentBenchmark
{
    public static async Task<bool> RunAsync(string ours, string document, string folder, int rounds)
    {
        var connectors = await ImportAsync(ours, document, folder);
        string[] serve = ["serve", "--connectors", connectors];
        var anew = new Samples("(d) first tools/list, never read before");
        var initialize = new Samples("(d) initialize");
        var list = new Samples("(d) first tools/list");
        var again = new Samples("(d) second tools/list");
        var compared = new Samples("(e) initialize, with a lock");
        var locked = new Samples("(e) initialize, with a lock and --lock-start");
        var lockFile = Path.Combine(folder, "tools.lock");
        var start = Path.Combine(folder, "tools.start");
        string[] withLock = [.. serve, "--lock", lockFile];
        string[] withStart = [.. withLock, "--lock-start", start];
        await RunAsync(ours, folder, ["lock", lockFile, "--connectors", connectors, "--lock-start", start]);
        var cache = Path.Combine(folder, "cache");
        for (var round = 0; round < 3; round++)
        {
            if (Directory.Exists(cache))
                Directory.Delete(cache, recursive: true);
            StdioBenchmark.List(() => new ServerProcess(ours, folder, serve), anew, null);
        }
        for (var round = -1; round < rounds; round++)
        {
            var keep = round >= 0;
            StdioBenchmark.Initialize(new ServerProcess(ours, folder, serve), keep ? initialize : null);
            StdioBenchmark.List(() => new ServerProcess(ours, folder, serve), keep ? list : null, keep ? again : null);
            StdioBenchmark.Initialize(new ServerProcess(ours, folder, withStart), keep ? locked : null);
            StdioBenchmark.Initialize(new ServerProcess(ours, folder, withLock), keep ? compared : null);
        }
        foreach (var samples in new[] { anew, initialize, list, again, locked, compared })
            Console.WriteLine(samples);
        return Verdict.Ratio("(d) first list to initialize", list, initialize, 1.6)
            & Verdict.Time("(d) second list", again, 5)
            & Verdict.Ratio("(e) a start with a lock to one without", locked, initialize, 1.5);
    }

    /// <summary>Makes a connectors folder of a document.</summary>
    public static async Task<string> ImportAsync(string ours, string document, string folder)
    {
        var connectors = Directory.CreateDirectory(Path.Combine(folder, "document")).FullName;
        var manifest = Path.Combine(connectors, "document.yaml");
        await RunAsync(ours, folder, ["import", document, "--name", "document", "--output", manifest, "--force"]);
        return connectors;
    }

    private static async Task RunAsync(string ours, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(ours, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MCP_RUNTIME_DATA_DIR"] = Path.Combine(folder, "data");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(errors);
    }
}
