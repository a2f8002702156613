using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Documents;
using McpRuntime.OpenApi;
using McpRuntime.Testing;
using static McpRuntime.Tests.Connectors.Registry.RegistryFixture;

namespace McpRuntime.Tests.Connectors.Registry;

/// <summary>Pipes and devices where files are expected: opening one could block its thread for ever.</summary>
public class SpecialFileTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pipe_or_device_in_the_connectors_folder_is_reported_and_the_others_are_served(bool isDevice)
    {
        using var fixture = new RegistryFixture(hotReload: false);
        fixture.Write("good.yaml", Manifest("good", "good_tool"));
        if (isDevice)
            File.CreateSymbolicLink(fixture.PathOf("special.yaml"), "/dev/zero");
        else
            await MakePipeAsync(fixture.PathOf("special.yaml"));

        await fixture.StartAsync();
        var snapshot = await fixture.Registry.ReloadAsync(Cancelled).WaitAsync(ProcessRunner.HangGuard, Cancelled);

        Assert.Equal(["good_tool"], snapshot.Tools.Tools.Select(tool => tool.Name));
        var finding = Assert.Single(snapshot.Findings);
        Assert.Equal((fixture.PathOf("special.yaml"), "unreadable-manifest"), (finding.Source, finding.RuleId));
        Assert.Contains("not a regular file", finding.Message);
    }

    [Fact]
    public async Task A_pipe_in_the_credentials_folder_is_an_error()
    {
        using var folder = new TemporaryFolder();
        await MakePipeAsync(folder.PathOf(CredentialName.For("shop", "key", CredentialField.Value)));
        var source = new FileCredentialSource(folder.Path);

        var refused = await Assert.ThrowsAsync<McpRuntimeException>(() =>
            Task.Run(() => source.FindAsync(new CredentialKey("shop", "key"), Cancelled).AsTask())
                .WaitAsync(ProcessRunner.HangGuard, Cancelled)
        );

        Assert.Contains("not a regular file", refused.Message);
    }

    [Fact]
    public async Task A_document_does_not_make_its_reader_open_a_pipe()
    {
        using var folder = new TemporaryFolder();
        await MakePipeAsync(folder.PathOf("pipe.json"));
        var path = folder.Write(
            "openapi.json",
            """
            {"openapi":"3.1.0","info":{"title":"T","version":"1"},"servers":[{"url":"https://t.example"}],"paths":{"/a":{"get":{
             "operationId":"a","parameters":[{"$ref":"pipe.json#/p"}],"responses":{"200":{"description":"A."}}}}}}
            """
        );
        var importer = new OpenApiImporter(new DocumentLoader(new DocumentLimits()));

        var result = await Task.Run(() =>
                importer.ImportAsync(new DocumentSource.FromFile(path), new ImportOptions(), Cancelled)
            )
            .WaitAsync(ProcessRunner.HangGuard, Cancelled);

        Assert.Contains(result.Findings, finding =>
            finding.Message.Contains("not a regular file", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_pipe_that_a_user_names_is_read_and_waiting_for_it_can_be_cancelled()
    {
        using var folder = new TemporaryFolder();
        var pipe = folder.PathOf("openapi.json");
        await MakePipeAsync(pipe);
        var loader = new DocumentLoader(new DocumentLimits());

        var reading = loader.LoadAsync(new DocumentSource.FromFile(pipe), Cancelled);
        await using (var writer = new FileStream(pipe, FileMode.Open, FileAccess.Write))
            await writer.WriteAsync("{\"a\": 1}"u8.ToArray(), Cancelled);
        using var document = await reading.WaitAsync(ProcessRunner.HangGuard, Cancelled);
        using var cancel = new CancellationTokenSource();
        var waiting = loader.LoadAsync(new DocumentSource.FromFile(pipe), cancel.Token);
        await cancel.CancelAsync();

        Assert.Equal(1, document.Json.RootElement.GetProperty("a").GetInt32());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            waiting.WaitAsync(ProcessRunner.HangGuard, Cancelled)
        );
        // The thread that still waits gets the other end.
        new FileStream(pipe, FileMode.Open, FileAccess.Write).Dispose();
    }

    private static async Task MakePipeAsync(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix pipes have names in folders.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var made = await ProcessRunner.RunAsync("mkfifo", [path], cancellationToken: Cancelled);
        Assert.Equal(0, made.ExitCode);
    }
}
