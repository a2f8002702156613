using McpRuntime.Http.Hosting;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Architecture;

public class TypeNameTests
{
    [Fact]
    public void Each_type_of_core_and_gateway_has_a_name_of_its_own() =>
        Assert.Empty(TypeNames.Repeated(typeof(ConnectorManifest).Assembly, typeof(GatewayHost).Assembly));
}
