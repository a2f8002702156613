using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.Manifests;

public class SchemaDiscriminatorsTests
{
    [Theory]
    [InlineData("""{"discriminator":{"propertyName":"k"},"anyOf":[]}""", """{"anyOf":[]}""")]
    [InlineData("""{"anyOf":[],"discriminator":{"propertyName":"k"}}""", """{"anyOf":[]}""")]
    [InlineData(
        """{"anyOf":[],"discriminator":{"propertyName":"k"},"type":"object"}""",
        """{"anyOf":[],"type":"object"}"""
    )]
    [InlineData("""{"discriminator":"k"}""", """{}""")]
    [InlineData(
        """{"properties":{"p":{"items":{"discriminator":{}, "a\u0062":1}}},"$defs":{"x":{"type":"object","discriminator":{}}}}""",
        """{"properties":{"p":{"items":{ "a\u0062":1}}},"$defs":{"x":{"type":"object"}}}"""
    )]
    [InlineData("""{"anyOf":[{"discriminator":{}},true]}""", """{"anyOf":[{},true]}""")]
    // The name of a property, and data.
    [InlineData(
        """{"properties":{"discriminator":{"type":"string"}},"examples":[{"discriminator":1}],"default":{"discriminator":1}}""",
        """{"properties":{"discriminator":{"type":"string"}},"examples":[{"discriminator":1}],"default":{"discriminator":1}}"""
    )]
    public void Only_the_keyword_is_left_out(string schema, string rest) =>
        Assert.Equal(
            rest,
            SchemaDiscriminators.Remove(new JsonText(System.Text.Encoding.UTF8.GetBytes(schema))).ToString()
        );
}
