using McpRuntime.Stdio.Serving;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Architecture;

/// <summary>The folders of the console (docs/design.md).</summary>
public class FolderTests
{
    [Fact]
    public void There_is_no_cycle() =>
        Assert.Null(FolderGraph.Of(typeof(StdioServer).Assembly.Location, "McpRuntime.Stdio").FindCycle());
}
