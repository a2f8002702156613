using System.Collections.Concurrent;
using McpRuntime.Documents;
using McpRuntime.OpenApi;

namespace McpRuntime.Tests.OpenApi;

/// <summary>Real documents beside the checkout, or in the folder that <c>MCP_RUNTIME_TEST_SPECS</c> names.</summary>
internal static class SpecFiles
{
    private static readonly ConcurrentDictionary<string, Task<ImportResult>> Imports = new(StringComparer.Ordinal);

    internal static string Folder { get; } =
        Environment.GetEnvironmentVariable("MCP_RUNTIME_TEST_SPECS")
        ?? Path.GetFullPath(Path.Combine(RepositoryRoot.Path, "..", "shared", "specs"));

    /// <summary>Every document; one empty name where there is none, so that its test is seen to be skipped.</summary>
    public static TheoryData<string> All()
    {
        var data = new TheoryData<string>();
        if (Directory.Exists(Folder))
        {
            foreach (var file in Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal))
            {
                if (Path.GetExtension(file) is ".json" or ".yaml" or ".yml")
                    data.Add(Path.GetFileName(file));
            }
            foreach (var folder in Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal))
            {
                foreach (var file in Directory.EnumerateFiles(folder, "*-*.yml"))
                    data.Add(Path.GetRelativePath(Folder, file));
            }
        }
        if (data.Count == 0)
            data.Add("");
        return data;
    }

    /// <summary>The import of a document, made once for all tests; skips the test where the documents are absent.</summary>
    internal static async Task<ImportResult> ImportAsync(string name)
    {
        var path = Find(name);
        var result = await Imports.GetOrAdd(path, static path => ImportAgainAsync(path));
        // Other folders than ours hold such documents.
        if (result.Findings is [{ RuleId: "no-operations" or "document-too-large" } reason])
            Assert.Skip($"{name}: {reason.Message}");
        return result;
    }

    /// <summary>The import of a file, made anew.</summary>
    internal static Task<ImportResult> ImportAgainAsync(string path, int? workers = null)
    {
        var options = new ImportOptions { BaseUrl = new Uri("https://api.example.com") };
        return new OpenApiImporter(new DocumentLoader(new DocumentLimits())).ImportAsync(
            new DocumentSource.FromFile(path), workers is { } count ? options with { Workers = count } : options, CancellationToken.None);
    }

    /// <summary>The full path; skips the test where the documents are absent.</summary>
    internal static string Find(string name)
    {
        Assert.SkipWhen(name.Length == 0, $"There are no documents in {Folder}; MCP_RUNTIME_TEST_SPECS may name another folder.");
        return Path.Combine(Folder, name);
    }
}
