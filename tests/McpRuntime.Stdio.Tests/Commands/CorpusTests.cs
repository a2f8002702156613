using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary>Documents of the field, unchanged: each imports, and what is written is valid.</summary>
public sealed class CorpusTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Real_documents_import_and_their_manifests_are_valid()
    {
        var documents = SampleDocuments.Names;
        Assert.SkipWhen(documents.Count == 0, string.Join(' ', SampleDocuments.Missing));
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
            TestContext.Current.CancellationToken
        );
        Assert.True(validated.ExitCode == 0, validated.ToString());
        Assert.Equal(documents.Count, JsonElement.Parse(validated.Out).GetProperty("validated_count").GetInt32());
    }

    private async Task<ProcessOutput> ImportAsync(string document, CancellationToken cancellationToken)
    {
        string[] words = ["import", SampleDocuments.PathOf(document), "--name", NameFor(document)];
        var output = await _runtime.RunAsync(words, cancellationToken);
        // Some documents name no server of their own; the message says what to do about it.
        return output.ExitCode == 1 && output.Error.Contains("--base-url", StringComparison.Ordinal)
            ? await _runtime.RunAsync([.. words, "--base-url", "https://api.example.com"], cancellationToken)
            : output;
    }

    // A connector's name: two documents of one file name are in different folders.
    private static string NameFor(string document) =>
        Regex.Replace(Path.ChangeExtension(document, null).ToLowerInvariant(), "[^a-z0-9]+", "-").Trim('-');
}
