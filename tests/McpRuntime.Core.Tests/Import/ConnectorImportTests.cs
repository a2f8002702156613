using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Import;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Tests.Import;

public sealed class ConnectorImportTests : IDisposable
{
    private const string Document = """
        {"openapi":"3.1.0","info":{"title":"Pets","version":"1.0.0"},"servers":[{"url":"https://pets.example"}],
         "paths":{"/pets":{"get":{"operationId":"listPets","summary":"Lists.","responses":{"200":{"description":"All."}}}}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-runtime-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Preparing_writes_nothing_and_saving_writes_and_approves()
    {
        var import = Import(overwrite: false);

        var prepared = await import.PrepareAsync(Source(Document), Cancellation);
        Assert.False(File.Exists(prepared.Path));
        var left = await import.SaveAsync(prepared, Cancellation);

        Assert.Equal(import.PathFor("pets"), prepared.Path);
        Assert.True(File.Exists(prepared.Path));
        Assert.Empty(left);
        Assert.Equal("https://pets.example", new ApprovalStore(_folder).For("pets").Origins.Single().Origin.ToString());
    }

    [Fact]
    public async Task An_existing_file_is_refused_before_the_document_is_read()
    {
        File.WriteAllText(Import(overwrite: false).PathFor("pets"), "");
        var source = new DocumentSource.FromStream("-", () => throw new InvalidOperationException("It was read."));

        var prepared = await Import(overwrite: false).PrepareAsync(source, Cancellation);

        Assert.Null(prepared.Result.Manifest);
        Assert.Equal(ManifestRules.FileExists, prepared.Result.Findings.Single().RuleId);
    }

    [Fact]
    public async Task Importing_again_holds_back_credentials_from_a_new_server()
    {
        var first = Import(overwrite: false);
        await first.SaveAsync(await first.PrepareAsync(Source(Document), Cancellation), Cancellation);
        var moved = Document.Replace("pets.example", "elsewhere.example", StringComparison.Ordinal);

        var again = Import(overwrite: true);
        var prepared = await again.PrepareAsync(Source(moved), Cancellation);
        var left = await again.SaveAsync(prepared, Cancellation);

        Assert.Equal("https://elsewhere.example", left.Single().ToString());
    }

    private ConnectorImport Import(bool overwrite) =>
        new(
            new RuntimeSettings { ConnectorsFolder = _folder, DataFolder = _folder },
            new ImportOptions { Name = "pets" }
        )
        {
            Overwrite = overwrite,
        };

    private static DocumentSource.FromStream Source(string text) =>
        new("-", () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));
}
