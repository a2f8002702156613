using McpRuntime.Manifests;

namespace McpRuntime.Tests.Manifests;

public class EndpointTemplateTests
{
    [Fact]
    public void Endpoint_is_split_into_its_parts()
    {
        Assert.True(EndpointTemplate.TryParse("PUT /pet/{petId}?a=b#x", out var endpoint));
        Assert.Equal(new EndpointTemplate("PUT", "/pet/{petId}", "a=b", "x"), endpoint);
        Assert.Equal(["petId"], endpoint.PathNames());
    }
}
