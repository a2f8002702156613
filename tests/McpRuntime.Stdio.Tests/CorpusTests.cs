using System.Collections.Concurrent;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests;

/// <summary>Documents of the field, unchanged: each imports, and what is written is valid.</summary>
public sealed class CorpusTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Real_documents_import_and_their_manifests_are_valid()
    {
        var folder = RepositoryRoot.SampleDocuments();
        Assert.SkipWhen(folder is null, "There are no sample documents; MCP_RUNTIME_TEST_SPECS names their folder.");
        var documents = DocumentsIn(folder!);
        Assert.NotEmpty(documents);
        var failures = new ConcurrentQueue<string>();

        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = 2,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        await Parallel.ForEachAsync(documents, options, async (document, cancellationToken) =>
        {
            var output = await ImportAsync(document, cancellationToken);
            if (output.ExitCode != 0)
                failures.Enqueue($"{document}: {output}");
        });
        Assert.Empty(failures);

        var validated = await _runtime.RunAsync(
            ["validate", "--format", "json", Path.Combine(_runtime.ConnectorsFolder, "*.yaml")],
            TestContext.Current.CancellationToken);
        Assert.True(validated.ExitCode == 0, validated.ToString());
        Assert.Equal(documents.Count, JsonElement.Parse(validated.Out).GetProperty("validated_count").GetInt32());
    }

    private async Task<ProcessOutput> ImportAsync(string document, CancellationToken cancellationToken)
    {
        string[] words = ["import", document, "--name", Path.GetFileNameWithoutExtension(document).ToLowerInvariant()];
        var output = await _runtime.RunAsync(words, cancellationToken);
        // Some documents name no server of their own; the message says what to do about it.
        return output.ExitCode == 1 && output.Error.Contains("--base-url", StringComparison.Ordinal)
            ? await _runtime.RunAsync([.. words, "--base-url", "https://api.example.com"], cancellationToken)
            : output;
    }

    // The entry of a document in several files is the one at the top of its folder.
    private static List<string> DocumentsIn(string folder) =>
        [.. Directory.GetDirectories(folder).Prepend(folder)
            .SelectMany(Directory.GetFiles)
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .Where(file => Path.GetExtension(file) is ".json" or ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)];
}
