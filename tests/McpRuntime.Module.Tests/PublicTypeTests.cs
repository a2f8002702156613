using McpRuntime.Testing;

namespace McpRuntime.Module.Tests;

/// <summary>A type of Core is public because a front end uses it; all others are internal.</summary>
public class PublicTypeTests
{
    private static string Module => Path.GetDirectoryName(Pwsh.StagedModule)!;

    private static string Core => Path.Combine(Module, "bin", "McpRuntime.Core.dll");

    private static string[] FrontEnds =>
        [
            Path.Combine(Module, "bin", "mcp-runtime.dll"),
            Path.Combine(Module, "bin", "McpRuntime.Cmdlets.dll"),
            Path.Combine(Module, "gateway", "mcp-runtime-http.dll"),
        ];

    [Fact]
    public void Every_public_type_of_Core_is_used_by_a_front_end() => Assert.Empty(PublicTypes.Unused(Core, FrontEnds));

    [Fact]
    public void A_type_that_no_one_uses_is_found() =>
        Assert.Contains("McpRuntime.Manifests.ConnectorManifest", PublicTypes.Unused(Core, []));
}
