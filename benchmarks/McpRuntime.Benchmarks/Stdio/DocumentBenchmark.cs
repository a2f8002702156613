using System.Diagnostics;

namespace McpRuntime.Benchmarks.Stdio;

/// <summary>
/// A fresh <c>mcp-runtime serve</c> with the tools of a real document: how much later than the answer to initialize the
/// first list comes, when manifests were read before.
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
        }
        foreach (var samples in new[] { anew, initialize, list, again })
            Console.WriteLine(samples);
        return Verdict.Ratio("(d) first list to initialize", list, initialize, 1.6)
            & Verdict.Time("(d) second list", again, 5);
    }

    /// <summary>Makes a connectors folder of a document.</summary>
    public static async Task<string> ImportAsync(string ours, string document, string folder)
    {
        var connectors = Directory.CreateDirectory(Path.Combine(folder, "document")).FullName;
        var start = new ProcessStartInfo(
            ours,
            ["import", document, "--name", "document", "--output", Path.Combine(connectors, "document.yaml"), "--force"]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MCP_RUNTIME_DATA_DIR"] = Path.Combine(folder, "data");
        using var import = Process.Start(start)!;
        var output = import.StandardOutput.ReadToEndAsync();
        var errors = await import.StandardError.ReadToEndAsync();
        await output;
        await import.WaitForExitAsync();
        return import.ExitCode == 0 ? connectors : throw new InvalidOperationException(errors);
    }
}
