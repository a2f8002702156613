using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>The GitHub Action where only the SDK is: it installs the release's tool and checks manifests with it.</summary>
public sealed class ActionTests : IDisposable
{
    private readonly EmptyPlace _place = new();

    public ActionTests() => _place.UseFeed(ReleaseOutput.PathOf("nuget"));

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task It_installs_the_tool_of_its_version_and_checks()
    {
        var scripts = RepositoryRoot.PathOf("eng", "action");
        _place.Write(
            "pets.yaml",
            """
            openapi: 3.1.0
            info: { title: Pets, version: 1.0.0 }
            servers: [ { url: 'https://pets.example' } ]
            paths: { /pets: { get: { operationId: listPets } } }
            """
        );

        var output = await FreshPwsh.OutputAsync(
            _place,
            "action",
            $$"""
            $program = & '{{scripts}}/install.ps1' -Folder tools
            & $program --version
            & $program import pets.yaml -n pets --connectors connectors
            & '{{scripts}}/check.ps1' -Program $program
            exit $LASTEXITCODE
            """
        );

        Assert.Contains(ReleaseOutput.Version, output, StringComparison.Ordinal);
        Assert.Contains("validation: 0 results", output, StringComparison.Ordinal);
        Assert.Contains("drift: 0 results", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_place.PathOf("mcp-runtime-sarif", "drift.sarif")));
    }
}
