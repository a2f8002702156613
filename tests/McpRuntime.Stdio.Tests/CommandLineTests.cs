using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Unknown_words_are_wrong_usage()
    {
        var output = await _runtime.RunAsync(["frobnicate"], TestContext.Current.CancellationToken);

        Assert.Equal(2, output.ExitCode);
        Assert.Contains("frobnicate", output.Error, StringComparison.Ordinal);
        Assert.Contains("mcp-runtime --help", output.Error, StringComparison.Ordinal);
        Assert.Empty(output.Out);
    }

    [Fact]
    public async Task Version_is_printed_alone()
    {
        var output = await _runtime.RunAsync(["--version"], TestContext.Current.CancellationToken);

        Assert.Equal(0, output.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\s*$", output.Out);
    }
}
