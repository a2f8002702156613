using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Page;

/// <summary>What is committed of the page is what its sources give.</summary>
public class PageBuildTests
{
    private static readonly string App = RepositoryRoot.PathOf("src", "McpRuntime.Http", "Page", "app");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sources_give_the_committed_files_byte_by_byte()
    {
        using var target = new TemporaryFolder();
        await RunAsync("build.mjs", target.Path);

        var committed = RepositoryRoot.PathOf("src", "McpRuntime.Http", "Page", "dist");
        Assert.Equal(
            Directory.EnumerateFiles(committed).Select(Path.GetFileName).Order(),
            Directory.EnumerateFiles(target.Path).Select(Path.GetFileName).Order()
        );
        foreach (var file in Directory.EnumerateFiles(committed))
            Assert.True(
                File.ReadAllBytes(file)
                    .AsSpan()
                    .SequenceEqual(File.ReadAllBytes(target.PathOf(Path.GetFileName(file)))),
                $"{Path.GetFileName(file)} is not what the sources give: run npm run build in {App}."
            );
    }

    [Fact]
    public async Task The_sources_have_no_type_error() =>
        await RunAsync(Path.Combine("node_modules", "typescript", "bin", "tsc"), "--noEmit");

    private static async Task RunAsync(string script, string argument)
    {
        var node = External.Node();
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(App, "node_modules", "esbuild")),
            "The page's packages are not installed: run npm ci --ignore-scripts in src/McpRuntime.Http/Page/app."
        );
        var output = await ProcessRunner.RunAsync(
            node,
            [script, argument],
            workingDirectory: App,
            cancellationToken: Cancelled
        );
        Assert.True(output.ExitCode == 0, output.ToString());
    }
}
