using McpRuntime.Http.Hosting;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Architecture;

/// <summary>
/// The gateway's folders (docs/design.md): settings, problems and access below, endpoints above, hosting on top.
/// </summary>
public class FolderTests
{
    private static readonly FolderGraph Folders = FolderGraph.Of(
        typeof(GatewayHost).Assembly.Location,
        "McpRuntime.Http"
    );

    [Fact]
    public void There_is_no_cycle() => Assert.Null(Folders.FindCycle());

    [Fact]
    public void Nothing_depends_on_hosting()
    {
        Assert.Contains("Hosting", Folders.Folders);
        Assert.DoesNotContain(Folders.Dependencies, folder => folder.Value.Contains("Hosting"));
    }
}
