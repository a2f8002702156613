using McpRuntime.Cmdlets.Shell;
using McpRuntime.Manifests;
using McpRuntime.Stdio.Serving;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Architecture;

public class TypeNameTests
{
    [Fact]
    public void Each_type_of_core_console_and_module_has_a_name_of_its_own() =>
        Assert.Empty(
            TypeNames.Repeated(
                typeof(ConnectorManifest).Assembly,
                typeof(StdioServer).Assembly,
                typeof(McpCmdlet).Assembly
            )
        );
}
