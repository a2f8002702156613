using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _runtime.Dispose();

    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("", "MCP clients start 'mcp-runtime serve'")]
    [InlineData("validate", "'validate'")]
    [InlineData("lock tools.lock --format xml", "not 'xml'")]
    public async Task Wrong_words_are_wrong_usage(string words, string named)
    {
        var output = await _runtime.RunAsync(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), Token);

        Assert.True(output.ExitCode == 2, output.ToString());
        Assert.Contains(named, output.Error, StringComparison.Ordinal);
        Assert.Contains("--help' for usage", output.Error, StringComparison.Ordinal);
        Assert.Empty(output.Out);
    }

    [Theory]
    [InlineData("", "mcp-runtime import https://")]
    [InlineData("import", "mcp-runtime import openapi.yaml --include-path")]
    [InlineData("validate", "mcp-runtime validate petstore.yaml")]
    [InlineData("tools", "mcp-runtime tools --connectors")]
    [InlineData("call", "mcp-runtime call add_pet --arguments @pet.json --dry-run")]
    [InlineData("serve", "mcp-runtime serve --read-only")]
    [InlineData("completion", "source <(mcp-runtime completion bash)")]
    public async Task Help_shows_examples(string command, string example)
    {
        var output = await _runtime.RunAsync(
            [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"],
            Token
        );

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Contains("Examples:", output.Out, StringComparison.Ordinal);
        Assert.Contains(example, output.Out, StringComparison.Ordinal);
        Assert.Empty(output.Error);
    }

    [Fact]
    public async Task Version_is_printed_alone()
    {
        var output = await _runtime.RunAsync(["--version"], Token);

        Assert.Equal(0, output.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\s*$", output.Out);
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_and_nothing_is_done()
    {
        _runtime.Environment["MCP_RUNTIME_MAX_DOCUMENT_BYTES"] = "plenty";
        _runtime.Environment["MCP_RUNTIME_LOG_LEVEL"] = "loud";

        var output = await _runtime.RunAsync(["import", "-"], Token, Documents.Library);

        Assert.True(output.ExitCode == 2, output.ToString());
        Assert.Contains("MCP_RUNTIME_MAX_DOCUMENT_BYTES", output.Error, StringComparison.Ordinal);
        Assert.Contains("plenty", output.Error, StringComparison.Ordinal);
        Assert.Contains("MCP_RUNTIME_LOG_LEVEL", output.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_runtime.ConnectorsFolder));
    }

    [Fact]
    public async Task Control_characters_of_others_do_not_reach_the_terminal()
    {
        var output = await _runtime.RunAsync(["validate", "no\u001b[2Jsuch.yaml"], Token);

        Assert.Equal(1, output.ExitCode);
        Assert.DoesNotContain('\u001b', output.Out + output.Error);
        Assert.Contains("\\u{1B}[2Jsuch.yaml", output.Error, StringComparison.Ordinal);
    }
}
