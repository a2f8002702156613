using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.Manifests;

public class SchemaBundlerTests
{
    private static readonly SchemaBundler Bundler = Create(
        ("Zoo", """{"type":"object","properties":{"pets":{"type":"array","items":{"$ref":"#/definitions/Pet"}}}}"""),
        ("Pet", """{"properties":{"owner":{"$ref":"#/definitions/Owner"},"name":{"type":"string"}}}"""),
        ("Owner", """{"properties":{"pets":{"items":{"$ref":"#/definitions/Pet"}}}}"""),
        ("a/b~c d", """{"type":"integer"}"""),
        ("Pet_2", """{"const":2}"""),
        ("Alone", """{"type":"string"}""")
    );

    public static TheoryData<string, string, string> Schemas =>
        new()
        {
            { "nothing referred to", """{ "type": "object" }""", """{ "type": "object" }""" },
            { "boolean schema", "true", "true" },
            {
                "one definition",
                """{"$ref":"#/definitions/Alone"}""",
                """{"$ref":"#/$defs/Alone","$defs":{"Alone":{"type":"string"}}}"""
            },
            {
                "a cycle, in the connector's order and not in the order of use",
                """{"anyOf":[{"$ref":"#/definitions/Owner"},{"$ref":"#/definitions/Zoo"}]}""",
                """
                    {"anyOf":[{"$ref":"#/$defs/Owner"},{"$ref":"#/$defs/Zoo"}],"$defs":{"Zoo":{"type":"object","properties":{"pets":{"type":"array","items":{"$ref":"#/$defs/Pet"}}}},"Pet":{"properties":{"owner":{"$ref":"#/$defs/Owner"},"name":{"type":"string"}}},"Owner":{"properties":{"pets":{"items":{"$ref":"#/$defs/Pet"}}}}}}
                    """
            },
            {
                "escaped and percent-encoded name",
                """{"$ref":"#/definitions/a~1b~0c%20d"}""",
                """{"$ref":"#/$defs/a~1b~0c%20d","$defs":{"a/b~c d":{"type":"integer"}}}"""
            },
            {
                "JSON escapes in the reference",
                """{"$ref":"#\/definitions\/Al\u006fne"}""",
                """{"$ref":"#/$defs/Alone","$defs":{"Alone":{"type":"string"}}}"""
            },
            {
                "a place deeper in a definition",
                """{"$ref":"#/definitions/a~1b~0c%20d/properties/x"}""",
                """{"$ref":"#/$defs/a~1b~0c%20d/properties/x","$defs":{"a/b~c d":{"type":"integer"}}}"""
            },
            {
                "unknown name is left for validation",
                """{"allOf":[{"$ref":"#/definitions/Nope"},{"$ref":"#/definitions/Alone"}]}""",
                """{"allOf":[{"$ref":"#/definitions/Nope"},{"$ref":"#/$defs/Alone"}],"$defs":{"Alone":{"type":"string"}}}"""
            },
            {
                "data that looks like a reference",
                """{"const":{"$ref":"#/definitions/Pet"},"enum":[{"$ref":"#/definitions/Pet"}],"examples":[{"$ref":"#/definitions/Pet"}],"default":{"$ref":"#/definitions/Pet"},"x-a":{"$ref":"#/definitions/Pet"}}""",
                """{"const":{"$ref":"#/definitions/Pet"},"enum":[{"$ref":"#/definitions/Pet"}],"examples":[{"$ref":"#/definitions/Pet"}],"default":{"$ref":"#/definitions/Pet"},"x-a":{"$ref":"#/definitions/Pet"}}"""
            },
            {
                "properties that are called like keywords",
                """{"properties":{"$ref":{"$ref":"#/definitions/Alone"},"const":{"$ref":"#/definitions/Alone"}}}""",
                """{"properties":{"$ref":{"$ref":"#/$defs/Alone"},"const":{"$ref":"#/$defs/Alone"}},"$defs":{"Alone":{"type":"string"}}}"""
            },
            {
                "own $defs are kept",
                """{"$defs":{"Mine":{"$ref":"#/definitions/Alone"}},"$ref":"#/$defs/Mine"}""",
                """{"$defs":{"Mine":{"$ref":"#/$defs/Alone"},"Alone":{"type":"string"}},"$ref":"#/$defs/Mine"}"""
            },
            {
                "empty $defs",
                """{"$defs":{},"$ref":"#/definitions/Alone"}""",
                """{"$defs":{"Alone":{"type":"string"}},"$ref":"#/$defs/Alone"}"""
            },
            {
                "own $defs of the same name: the shared one gives way, also inside the shared schemas",
                """{"$defs":{"Pet":{"type":"null"}},"allOf":[{"$ref":"#/$defs/Pet"},{"$ref":"#/definitions/Owner/properties/pets"}]}""",
                """{"$defs":{"Pet":{"type":"null"},"Pet_3":{"properties":{"owner":{"$ref":"#/$defs/Owner"},"name":{"type":"string"}}},"Owner":{"properties":{"pets":{"items":{"$ref":"#/$defs/Pet_3"}}}}},"allOf":[{"$ref":"#/$defs/Pet"},{"$ref":"#/$defs/Owner/properties/pets"}]}"""
            },
            {
                "own definitions come first",
                """{"definitions":{"Pet":true},"allOf":[{"$ref":"#/definitions/Pet"},{"$ref":"#/definitions/Alone"}]}""",
                """{"definitions":{"Pet":true},"allOf":[{"$ref":"#/definitions/Pet"},{"$ref":"#/$defs/Alone"}],"$defs":{"Alone":{"type":"string"}}}"""
            },
            {
                "white space and number spelling stay",
                """{ "maximum" : 1.50 , "$ref" : "#/definitions/Alone" }""",
                """{ "maximum" : 1.50 , "$ref" : "#/$defs/Alone" ,"$defs":{"Alone":{"type":"string"}}}"""
            },
        };

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Schema_is_bundled_with_what_it_reaches(string what, string schema, string expected)
    {
        var bundled = Bundler.Bundle(JsonText.Parse(schema));

        Assert.True(expected.Trim() == bundled.ToString(), $"{what}: {bundled}");
        JsonDocument.Parse(bundled.Utf8).Dispose();
    }

    [Theory]
    [InlineData("additionalProperties")]
    [InlineData("allOf")]
    [InlineData("anyOf")]
    [InlineData("contains")]
    [InlineData("contentSchema")]
    [InlineData("else")]
    [InlineData("if")]
    [InlineData("items")]
    [InlineData("not")]
    [InlineData("oneOf")]
    [InlineData("prefixItems")]
    [InlineData("propertyNames")]
    [InlineData("then")]
    [InlineData("unevaluatedItems")]
    [InlineData("unevaluatedProperties")]
    public void References_are_found_below_every_keyword_that_holds_schemas(string keyword)
    {
        var single = Bundler.Bundle(JsonText.Parse($$"""{"{{keyword}}":{"$ref":"#/definitions/Alone"} }"""));
        var list = Bundler.Bundle(JsonText.Parse($$"""{"{{keyword}}":[true,{"$ref":"#/definitions/Alone"}]}"""));

        Assert.Contains("""{"$ref":"#/$defs/Alone"}""", single.ToString(), StringComparison.Ordinal);
        Assert.Contains("""{"$ref":"#/$defs/Alone"}""", list.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$defs")]
    [InlineData("definitions")]
    [InlineData("dependencies")]
    [InlineData("dependentSchemas")]
    [InlineData("patternProperties")]
    [InlineData("properties")]
    public void References_are_found_below_every_keyword_that_maps_names_to_schemas(string keyword)
    {
        var bundled = Bundler.Bundle(JsonText.Parse($$"""{"{{keyword}}":{"enum":{"$ref":"#/definitions/Alone"} } }"""));

        Assert.Contains("""{"$ref":"#/$defs/Alone"}""", bundled.ToString(), StringComparison.Ordinal);
    }

    private static SchemaBundler Create(params (string Name, string Schema)[] definitions) =>
        new(
            new OrderedDictionary<string, JsonText>(
                definitions.Select(d => KeyValuePair.Create(d.Name, JsonText.Parse(d.Schema)))
            )
        );
}
