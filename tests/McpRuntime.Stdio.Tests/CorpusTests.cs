using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests;

/// <summary>Documents of the field, unchanged: each imports, and what is written is valid.</summary>
public sealed class CorpusTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public static TheoryData<string> SampleDocuments()
    {
        var folder = RepositoryRoot.SampleDocuments();
        var data = new TheoryData<string>();
        foreach (var file in folder is null ? [] : Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray())
        {
            if (Path.GetExtension(file) is ".json" or ".yaml" or ".yml")
                data.Add(Path.GetFileName(file));
        }
        if (folder is not null && File.Exists(Path.Combine(folder, "lob-multifile", "lob-api-public.yml")))
            data.Add("lob-multifile/lob-api-public.yml");
        if (data.Count == 0)
            data.Add("");
        return data;
    }

    public void Dispose() => _runtime.Dispose();

    [Theory]
    [MemberData(nameof(SampleDocuments))]
    public async Task A_real_document_imports_and_its_manifest_is_valid(string name)
    {
        Assert.SkipWhen(name.Length == 0, "No sample documents: set MCP_RUNTIME_TEST_SPECS to their folder.");
        var document = Path.Combine(RepositoryRoot.SampleDocuments()!, name);
        // Some documents name no server of their own.
        string[] words = ["import", document, "--name", "sample"];

        var output = await _runtime.RunAsync(words, TestContext.Current.CancellationToken);
        if (output.ExitCode == 1 && output.Error.Contains("--base-url", StringComparison.Ordinal))
            output = await _runtime.RunAsync([.. words, "--base-url", "https://api.example.com"], TestContext.Current.CancellationToken);

        Assert.True(output.ExitCode == 0, output.ToString());
        var manifest = Path.Combine(_runtime.ConnectorsFolder, "sample.yaml");
        var validated = await _runtime.RunAsync(["validate", manifest], TestContext.Current.CancellationToken);
        Assert.True(validated.ExitCode == 0, validated.ToString());
    }
}
