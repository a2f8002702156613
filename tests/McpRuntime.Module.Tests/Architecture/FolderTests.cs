using McpRuntime.Cmdlets.Shell;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Architecture;

/// <summary>
/// The folders of the cmdlets (docs/design.md): what the commands share below, the commands for tools and connectors
/// above.
/// </summary>
public class FolderTests
{
    private static readonly string Cmdlets = typeof(McpCmdlet).Assembly.Location;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void There_is_no_cycle(int depth) =>
        Assert.Null(FolderGraph.Of(Cmdlets, "McpRuntime.Cmdlets", depth).FindCycle());

    // They are for any command, and name none.
    [Theory]
    [InlineData("Shell")]
    [InlineData("Processes")]
    [InlineData("Values")]
    public void It_depends_on_no_other_folder(string folder)
    {
        var graph = FolderGraph.Of(Cmdlets, "McpRuntime.Cmdlets");
        Assert.Contains(folder, graph.Folders);
        Assert.DoesNotContain(graph.Dependencies, dependency => dependency.Key == folder);
    }
}
