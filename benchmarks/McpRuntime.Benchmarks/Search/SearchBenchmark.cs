using System.Diagnostics;
using System.Globalization;
using McpRuntime.Configuration;
using McpRuntime.Connectors.Registry;
using McpRuntime.Search;

namespace McpRuntime.Benchmarks.Search;

/// <summary>
/// The search index over the tools of a folder: time of the first one in a process, of later ones, what it keeps, and
/// time of a search. The requests are the tools' own titles, as they are, and with a typing error.
/// </summary>
internal static class SearchBenchmark
{
    private const int Requests = 1_000;
    private const int WarmSearches = 3_000;
    private const double SlowestSearch = 5;

    public static async Task<int> RunAsync(string[] options)
    {
        if (options is not ["--connectors", var folder, .. var more] || more is not ([] or ["--rounds", _]))
        {
            Console.Error.WriteLine("search needs --connectors DIR, a folder of manifests.");
            return 2;
        }
        var rounds = more is [_, var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 15;
        var settings = new RuntimeSettings
        {
            ConnectorsFolder = folder,
            DataFolder = folder,
            CacheFolder = null,
        };
        var snapshot = await ConnectorFolder.LoadAsync(settings, CancellationToken.None);
        SearchableTool[] tools = [.. snapshot.Tools.Tools.Select(SearchableTool.Of)];

        var first = Stopwatch.StartNew();
        var index = ToolSearchIndex.Create(tools);
        index.Search("list users", 10);
        first.Stop();
        Console.WriteLine(
            Invariant(
                $"{tools.Length} tools; first index and search in the process {first.Elapsed.TotalMilliseconds:0} ms"
            )
        );
        var later = new Samples("index, later");
        for (var i = 0; i < rounds; i++)
        {
            GC.Collect();
            var time = Stopwatch.StartNew();
            index = ToolSearchIndex.Create(tools);
            later.Add(time.Elapsed);
        }
        Console.WriteLine(later);
        Console.WriteLine(Invariant($"an index keeps {Kept(tools) / 1024.0 / 1024:0.0} MB"));
        return MeasureSearches(index, tools) ? 0 : 1;
    }

    private static long Kept(SearchableTool[] tools)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var index = ToolSearchIndex.Create(tools);
        index.Search("lisst userz", 10);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(index);
        return kept;
    }

    private static bool MeasureSearches(ToolSearchIndex index, SearchableTool[] tools)
    {
        var step = Math.Max(1, tools.Length / Requests);
        string[] requests =
        [
            .. tools
                .Where((_, i) => i % step == 0)
                .Select(tool => tool.Title ?? tool.Description ?? tool.Name)
                .SelectMany(text => new[] { text, Mistyped(text) }),
        ];
        for (var i = 0; i < WarmSearches; i++)
            index.Search(requests[i % requests.Length], 10);
        var times = new double[requests.Length];
        for (var i = 0; i < times.Length; i++)
        {
            var time = Stopwatch.StartNew();
            index.Search(requests[i], 10);
            times[i] = time.Elapsed.TotalMilliseconds;
        }
        Array.Sort(times);
        var p99 = times[(int)(times.Length * 0.99)];
        Console.WriteLine(
            Invariant(
                $"{times.Length} searches: median {times[times.Length / 2]:0.00} ms, p99 {p99:0.00} ms, bound {SlowestSearch:0} ms: {(p99 <= SlowestSearch ? "good" : "TOO SLOW")}"
            )
        );
        return p99 <= SlowestSearch;
    }

    // Two letters of the longest word change places.
    private static string Mistyped(string text)
    {
        var word = text.Split(' ').MaxBy(word => word.Length)!;
        return word.Length < 4
            ? text
            : text.Replace(word, $"{word[..2]}{word[3]}{word[2]}{word[4..]}", StringComparison.Ordinal);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
