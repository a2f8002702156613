using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Clients;

/// <summary>
/// The official TypeScript clients, the older and the newer one, start the line of the VS Code entry.
/// </summary>
public sealed class TypeScriptClientTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("sdk1", "@modelcontextprotocol/sdk", "2025-11-25")]
    [InlineData("modern", "@modelcontextprotocol/client", "2026-07-28")]
    public async Task A_session_lists_calls_and_hears_of_an_edited_manifest(
        string kind,
        string package,
        string revision
    )
    {
        var folder = RepositoryRoot.PathOf("tests", "external");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", package)),
            $"{package} is not installed: run tests/external/install.sh"
        );
        var script = _home.Write(
            "prepare.ps1",
            $$"""
            . '{{RepositoryRoot.PathOf("tests", "pester", "Common.ps1")}}'
            $null = New-TestConnector petstore
            $more = "  - name: find_pets`n    description: Finds pets.`n    endpoint: GET /pets`n    arguments: {}`n    input_schema: { type: object }"
            $null = New-TestConnector petstore -Folder (Join-Path $HOME edited) -Tail $more
            $null = Register-McpClient -ConfigurationPath (Join-Path $HOME mcp.json) -HotReload -ConnectorPath $env:MCP_RUNTIME_CONNECTORS_DIR
            """
        );
        var prepared = await Pwsh.RunAsync(
            _home.Path,
            ["-Command", $"$TestDrive = '{_home.Path}'; . '{script}'"],
            Cancellation
        );
        Assert.True(prepared.ExitCode == 0, prepared.ToString());
        var text = await File.ReadAllTextAsync(_home.PathOf("mcp.json"), Cancellation);
        var entry = JsonElement.Parse(text).GetProperty("servers").GetProperty("mcp-runtime");

        Assert.SkipUnless(await HasNodeAsync(), "node is not installed");
        var session = await ProcessRunner.RunAsync(
            "node",
            [
                Path.Combine(folder, "mcp-session.mjs"),
                kind,
                "echo",
                _home.PathOf("edited", "petstore.yaml"),
                _home.PathOf("connectors", "petstore.yaml"),
                entry.GetProperty("command").GetString()!,
                .. entry.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!),
            ],
            await Pwsh.EnvironmentAsync(_home.Path),
            cancellationToken: Cancellation
        );

        Assert.True(session.ExitCode == 0, session.ToString());
        var seen = JsonElement.Parse(session.Out);
        Assert.Equal(revision, seen.GetProperty("revision").GetString());
        Assert.Equal(["echo", "hello", "get_time", "read_result", "get_pet", "add_pet"], Names(seen, "before"));
        Assert.Equal(
            ["echo", "hello", "get_time", "read_result", "get_pet", "add_pet", "find_pets"],
            Names(seen, "after")
        );
    }

    private static async Task<bool> HasNodeAsync()
    {
        try
        {
            return (await ProcessRunner.RunAsync("node", ["--version"], cancellationToken: Cancellation)).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string[] Names(JsonElement seen, string list) =>
        [.. seen.GetProperty(list).EnumerateArray().Select(name => name.GetString()!)];
}
