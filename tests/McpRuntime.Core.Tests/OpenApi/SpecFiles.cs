using System.Collections.Concurrent;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.OpenApi;
using McpRuntime.Testing;

namespace McpRuntime.Tests.OpenApi;

/// <summary>The real documents of <see cref="SampleDocuments"/>, each imported once for all tests.</summary>
internal static class SpecFiles
{
    // The row of a source that is missing, so that its tests are seen to be skipped.
    private const string MissingPrefix = "missing: ";

    private static readonly ConcurrentDictionary<string, Task<ImportResult>> Imports = new(StringComparer.Ordinal);

    /// <summary>Every document, and a row for each source without any.</summary>
    public static TheoryData<string> All() =>
        [.. SampleDocuments.Names, .. SampleDocuments.Missing.Select(reason => MissingPrefix + reason)];

    /// <summary>
    /// The import of a document; skips the test where its source is missing or it has nothing to import.
    /// </summary>
    internal static async Task<ImportResult> ImportAsync(string name)
    {
        var path = Find(name);
        var result = await Imports.GetOrAdd(path, ImportAgainAsync);
        if (result.Findings is [{ RuleId: "no-operations" or "document-too-large" } reason])
            Assert.Skip($"{name}: {reason.Message}");
        return result;
    }

    /// <summary>The import of a file, made anew.</summary>
    internal static Task<ImportResult> ImportAgainAsync(string path) =>
        new OpenApiImporter(new DocumentLoader(new DocumentLimits())).ImportAsync(
            new DocumentSource.FromFile(path),
            new ImportOptions { BaseUrl = new Uri("https://api.example.com") },
            CancellationToken.None
        );

    /// <summary>The full path; skips the test where the source is missing.</summary>
    internal static string Find(string name)
    {
        Assert.SkipWhen(name.StartsWith(MissingPrefix, StringComparison.Ordinal), name);
        return SampleDocuments.PathOf(name);
    }
}
