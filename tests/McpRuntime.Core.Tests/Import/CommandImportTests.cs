using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Import;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Import;

public sealed class CommandImportTests : IDisposable
{
    private const string Document = """
        {"openapi":"3.1.0","info":{"title":"Pets","version":"1.0.0"},"servers":[{"url":"https://pets.example"}],
         "paths":{"/pets":{"get":{"operationId":"listPets"},
           "post":{"operationId":"createPet","x-mcp":{"cmdlet":"register-Animal"}}},
         "/pets/{id}":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
           "get":{"operationId":"getPet"},"delete":{"operationId":"deletePet","x-mcp":{"cmdlet":"Zap-Pet"}}}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-runtime-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RuntimeSettings Settings => new() { ConnectorsFolder = _folder, DataFolder = _folder };

    private string DocumentPath => Path.Combine(_folder, "pets.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task With_a_prefix_an_import_names_commands()
    {
        var result = await ImportAsync("Ps");

        Assert.Equal("Ps", result.Manifest!.CommandPrefix);
        Assert.Equal(
            ["Get-Pet", "Register-Animal", "Get-Pet", "Remove-Pet"],
            result.Manifest.Tools.Select(tool => tool.Command?.ToString())
        );
        Assert.Equal(["Get-PsPet", "Register-PsAnimal", "Get-PsPet", "Remove-PsPet"], result.Commands);
        // Zap is not an approved verb.
        Assert.Contains(result.Findings, finding =>
            finding.RuleId == "x-mcp" && finding.Message.Contains("'Zap'", StringComparison.Ordinal) && finding.Line > 0
        );
    }

    [Fact]
    public async Task Without_a_prefix_it_names_none()
    {
        var result = await ImportAsync(prefix: null);

        Assert.All(result.Manifest!.Tools, tool => Assert.Null(tool.Command));
        Assert.DoesNotContain("command", Encoding.UTF8.GetString(await FileAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ps")]
    [InlineData("P-s")]
    [InlineData("")]
    public async Task A_prefix_that_no_command_can_have_is_refused(string prefix)
    {
        var result = await ImportAsync(prefix);
        Assert.Null(result.Manifest);
        Assert.Equal("command-prefix", Assert.Single(result.Findings).RuleId);
    }

    [Fact]
    public async Task An_update_keeps_prefix_and_names_also_edited_ones_and_names_what_is_new()
    {
        var first = (await ImportAsync("Ps")).Manifest!;
        await ManifestFile.SaveToAsync(
            Path.Combine(_folder, "pets.yaml"),
            first with
            {
                Tools =
                [
                    .. first.Tools.Select(tool =>
                        tool.Endpoint == "GET /pets" ? tool with { Command = new CommandName("Find", "Animal") } : tool
                    ),
                ],
            },
            overwrite: true,
            Cancellation
        );
        await File.WriteAllTextAsync(
            DocumentPath,
            Document.Replace("\"paths\":{", "\"paths\":{\"/pet\":{\"get\":{}},", StringComparison.Ordinal),
            Cancellation
        );

        var update = await new ConnectorUpdate(Settings, new ImportOptions { Name = "pets" }).PrepareAsync(
            Cancellation
        );

        Assert.Equal("GET /pet", Assert.Single(update.Difference!.Added).Endpoint);
        Assert.Empty(update.Difference.Changed);
        var commands = update.Result.Manifest!.Tools.ToDictionary(tool => tool.Endpoint, tool => $"{tool.Command}");
        Assert.Equal("Find-Animal", commands["GET /pets"]);
        Assert.Equal("Get-Pet", commands["GET /pets/{id}"]);
        Assert.Equal("Get-Pet", commands["GET /pet"]);
    }

    [Fact]
    public async Task A_check_with_another_prefix_says_that_commands_change()
    {
        await ImportAsync("Ps");
        var check = new ConnectorCheck(Settings, new ImportOptions { Name = "pets", CommandPrefix = "Zoo" });

        var difference = (await check.RunAsync(Cancellation)).Difference!;

        Assert.Equal("command_prefix", Assert.Single(difference.Connector).What);
        Assert.True(difference.IsBreaking);
    }

    private Task<byte[]> FileAsync() => File.ReadAllBytesAsync(Path.Combine(_folder, "pets.yaml"), Cancellation);

    private async Task<ImportResult> ImportAsync(string? prefix)
    {
        await File.WriteAllTextAsync(DocumentPath, Document, Cancellation);
        var import = new ConnectorImport(Settings, new ImportOptions { Name = "pets", CommandPrefix = prefix });
        var prepared = await import.PrepareAsync(new DocumentSource.FromFile(DocumentPath), Cancellation);
        if (prepared.Result.Manifest is not null)
            await import.SaveAsync(prepared, Cancellation);
        return prepared.Result;
    }
}
