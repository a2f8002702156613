using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Import;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Import;

public sealed class ConnectorUpdateTests : IDisposable
{
    private const string Document = """
        {"openapi":"3.1.0","info":{"title":"Pets","version":"1.0.0"},"servers":[{"url":"https://pets.example"}],
         "paths":{"/pets":{"get":{"operationId":"listPets"},"post":{"operationId":"createPet"}},
         "/owners":{"get":{"operationId":"listOwners"}}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-runtime-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string DocumentPath => Path.Combine(_folder, "pets.json");

    private RuntimeSettings Settings => new() { ConnectorsFolder = _folder, DataFolder = _folder };

    private string ManifestPath => ConnectorName.FileFor(_folder, "pets");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Choices_of_an_import_are_recorded_and_count_for_a_check_without_choices()
    {
        await ImportAsync(
            new ImportOptions
            {
                Name = "pets",
                IncludePaths = ["/pets"],
                ReadOnly = true,
            }
        );

        var recorded = (await ReadAsync()).Source!.Choices;
        Assert.Equal(["/pets"], recorded.IncludePaths);
        Assert.True(recorded.ReadOnly);
        Assert.True((await CheckAsync(new ImportOptions { Name = "pets" })).IsSame);
        Assert.True((await CheckAsync(new ImportOptions { Name = "pets" }, DocumentPath)).IsSame);
        Assert.True((await CheckAsync(new ImportOptions(), DocumentPath)).IsSame);
        var wider = await CheckAsync(new ImportOptions { Name = "pets", IncludePaths = ["/**"] });
        Assert.Equal(["POST /pets", "GET /owners"], wider.Added.Select(tool => tool.Endpoint));
    }

    [Fact]
    public async Task Without_choices_nothing_is_recorded()
    {
        await ImportAsync(
            new ImportOptions
            {
                Name = "pets",
                AllowPrivate = true,
                AllowExternal = true,
            }
        );
        Assert.DoesNotContain(
            "choices",
            await File.ReadAllTextAsync(ManifestPath, Cancellation),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_update_writes_what_the_recorded_choices_give_now_and_says_what_changes()
    {
        await ImportAsync(new ImportOptions { Name = "pets", IncludePaths = ["/pets/**", "/pets"] });
        await File.WriteAllTextAsync(
            DocumentPath,
            Document.Replace("\"/owners\"", "\"/pets/{id}\"", StringComparison.Ordinal),
            Cancellation
        );
        var update = new ConnectorUpdate(Settings, new ImportOptions { Name = "pets" });

        var prepared = await update.PrepareAsync(Cancellation);
        Assert.Equal("GET /pets/{id}", Assert.Single(prepared.Difference!.Added).Endpoint);
        Assert.Equal(2, (await ReadAsync()).Tools.Count);
        Assert.Empty(await update.SaveAsync(prepared, Cancellation));

        var updated = await ReadAsync();
        Assert.Equal(3, updated.Tools.Count);
        Assert.Equal(["/pets/**", "/pets"], updated.Source!.Choices.IncludePaths);
        Assert.True((await update.PrepareAsync(Cancellation)).Difference!.IsSame);
    }

    // The manifest was copied from elsewhere: neither its server nor its recorded choices approve anything.
    [Fact]
    public async Task An_update_of_a_manifest_that_was_not_imported_here_approves_nothing()
    {
        await ImportAsync(new ImportOptions { Name = "pets", BaseUrl = new Uri("http://127.0.0.1:9/") });
        await new ApprovalStore(_folder).ForgetAsync("pets", Cancellation);
        var update = new ConnectorUpdate(Settings, new ImportOptions { Name = "pets" });

        var prepared = await update.PrepareAsync(Cancellation);
        var left = await update.SaveAsync(prepared, Cancellation);

        Assert.Equal("http://127.0.0.1:9", prepared.Result.Manifest!.BaseUrl);
        Assert.Equal("http://127.0.0.1:9", Assert.Single(left).ToString());
        var approvals = new ApprovalStore(_folder).For("pets");
        Assert.Empty(approvals.Origins);
        Assert.Empty(approvals.PrivateHosts);
    }

    [Fact]
    public async Task An_update_needs_a_recorded_document()
    {
        await ImportAsync(new ImportOptions { Name = "pets" });
        var manifest = await ReadAsync();
        await ManifestFile.SaveToAsync(ManifestPath, manifest with { Source = null }, overwrite: true, Cancellation);

        var prepared = await new ConnectorUpdate(Settings, new ImportOptions { Name = "pets" }).PrepareAsync(
            Cancellation
        );

        Assert.Null(prepared.Result.Manifest);
        Assert.Equal(ManifestRules.NoSource, Assert.Single(prepared.Result.Findings).RuleId);
    }

    private async Task ImportAsync(ImportOptions options)
    {
        await File.WriteAllTextAsync(DocumentPath, Document, Cancellation);
        var import = new ConnectorImport(Settings, options);
        var prepared = await import.PrepareAsync(new DocumentSource.FromFile(DocumentPath), Cancellation);
        await import.SaveAsync(prepared, Cancellation);
    }

    private async Task<McpRuntime.Import.Comparison.ManifestDifference> CheckAsync(
        ImportOptions options,
        string? source = null
    )
    {
        var check = new ConnectorCheck(Settings, options);
        var result = source is null
            ? await check.RunAsync(Cancellation)
            : await check.RunAsync(new DocumentSource.FromFile(source), Cancellation);
        return result.Difference!;
    }

    private async Task<ConnectorManifest> ReadAsync() =>
        (await ManifestFile.ReadAsync(ManifestPath, Settings.DocumentLimits, strict: false, Cancellation)).Manifest!;
}
