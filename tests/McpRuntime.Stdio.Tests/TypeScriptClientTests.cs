using System.ComponentModel;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests;

/// <summary>The official TypeScript clients, the older and the newer one, against the real executable.</summary>
public sealed class TypeScriptClientTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Theory]
    [InlineData("sdk1", "@modelcontextprotocol/sdk", "2025-11-25")]
    [InlineData("legacy", "@modelcontextprotocol/client", "2025-11-25")]
    [InlineData("auto", "@modelcontextprotocol/client", "2026-07-28")]
    [InlineData("modern", "@modelcontextprotocol/client", "2026-07-28")]
    public async Task A_session_lists_calls_and_hears_of_an_edited_manifest(string kind, string package, string revision)
    {
        var folder = Path.Combine(RepositoryRoot.Path, "tests", "external");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", package)), $"{package} is not installed: run tests/external/install.sh");
        using var edits = new TemporaryFolder();
        var manifest = _runtime.AddConnector("pets", ServeTests.Manifest("pets", "get_pet"));
        var edited = edits.Write("pets.yaml", ServeTests.Manifest("pets", "get_pet", "find_pets"));
        string[] arguments =
        [
            Path.Combine(folder, "mcp-session.mjs"), kind, "echo", edited, manifest,
            McpRuntimeProcess.Executable, "serve", "--hot-reload", "--connectors", _runtime.ConnectorsFolder,
        ];
        ProcessOutput ended;
        try
        {
            ended = await ProcessRunner.RunAsync("node", arguments, cancellationToken: TestContext.Current.CancellationToken);
        }
        catch (Win32Exception)
        {
            Assert.Skip("node is not installed");
            throw;
        }

        Assert.True(ended.ExitCode == 0, ended.ToString());
        var seen = JsonElement.Parse(ended.Out);
        Assert.Equal(revision, seen.GetProperty("revision").GetString());
        Assert.Equal("mcp-runtime", seen.GetProperty("server").GetString());
        Assert.Equal(["echo", "hello", "get_time", "get_pet"], Names(seen, "before"));
        Assert.Equal("hello ☃", seen.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(-32602, seen.GetProperty("refused").GetInt32());
        Assert.Equal(["echo", "hello", "get_time", "get_pet", "find_pets"], Names(seen, "after"));
    }

    private static string[] Names(JsonElement seen, string list) =>
        [.. seen.GetProperty(list).EnumerateArray().Select(name => name.GetString()!)];
}
