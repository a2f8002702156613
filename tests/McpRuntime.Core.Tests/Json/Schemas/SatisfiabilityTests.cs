using System.Text;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json.Schemas;
using McpRuntime.Tests.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Json.Schemas;

/// <summary>Schemas that no value fits, in validation and at import.</summary>
public class SatisfiabilityTests
{
    [Theory]
    [InlineData("false")]
    [InlineData("""{"allOf":[{"type":"string"},{"type":"integer"}]}""")]
    [InlineData("""{"type":"string","enum":[1,2]}""")]
    [InlineData("""{"type":"string","enum":["long"],"maxLength":2}""")]
    [InlineData("""{"type":"integer","minimum":5,"exclusiveMaximum":5}""")]
    [InlineData("""{"type":"array","minItems":2,"maxItems":1}""")]
    [InlineData("""{"type":"array","minItems":1,"items":false}""")]
    [InlineData("""{"type":"object","required":["a"],"properties":{"b":{}},"additionalProperties":false}""")]
    [InlineData("""{"type":"object","required":["a"],"properties":{"a":{"not":{}}}}""")]
    [InlineData("""{"anyOf":[{"type":"string","minLength":2,"maxLength":1},{"type":"boolean","const":"x"}]}""")]
    [InlineData("""{"type":"string","allOf":[{"$ref":"#/definitions/Number"}]}""")]
    [InlineData("""{"$ref":"#/definitions/Endless"}""")]
    [InlineData(
        """{"type":"object","allOf":[{"$ref":"#/definitions/Bag"}],"properties":{"name":{"type":"string"}},"required":["name"]}"""
    )]
    [InlineData(
        """{"allOf":[{"$ref":"#/definitions/Bag"},{"type":"object","properties":{"name":{"type":"string"}}},{"required":["name"]}]}"""
    )]
    [InlineData(
        """{"allOf":[{"type":"object","properties":{"a":{}},"required":["a"],"additionalProperties":false},{"properties":{"b":{}},"required":["b"]}]}"""
    )]
    [InlineData(
        """{"type":"object","properties":{"a":{}},"additionalProperties":false,"oneOf":[{"properties":{"b":{}},"required":["b"]},{"required":["c"]}]}"""
    )]
    [InlineData(
        """{"type":"object","required":["a"],"properties":{"a":{"type":"string"}},"anyOf":[{"properties":{"a":{"type":"integer"}},"additionalProperties":false,"required":["a"]}]}"""
    )]
    public void What_no_value_fits_is_found(string schema) => Assert.NotNull(Explain(schema));

    [Theory]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("""{"allOf":[{"type":"number"},{"type":"integer"}]}""")]
    [InlineData("""{"type":["string","integer"],"minimum":5,"maximum":1}""")]
    [InlineData("""{"type":"array","items":false}""")]
    [InlineData("""{"required":["a"],"properties":{"b":{}},"additionalProperties":false}""")]
    [InlineData("""{"type":"object","required":["x-a"],"patternProperties":{"^x-":{}},"additionalProperties":false}""")]
    [InlineData("""{"type":"object","properties":{"a":false}}""")]
    [InlineData("""{"$ref":"#/definitions/Tree"}""")]
    [InlineData("""{"oneOf":[{"$ref":"#/definitions/Endless"},{"$ref":"#/definitions/Tree"}]}""")]
    [InlineData("""{"$ref":"#/definitions/Either"}""")]
    [InlineData("""{"type":"object","allOf":[{"$ref":"#/definitions/Bag"}],"properties":{"name":{"type":"string"}}}""")]
    [InlineData(
        """{"type":"object","allOf":[{"$ref":"#/definitions/Bag"}],"properties":{"name":{"type":["string","object"]}},"required":["name"]}"""
    )]
    [InlineData("""{"type":"object","allOf":[{"$ref":"#/definitions/Bag"}],"required":["known","other"]}""")]
    [InlineData(
        """{"allOf":[{"type":"object","additionalProperties":false,"patternProperties":{"^b":{}}},{"required":["b"]}]}"""
    )]
    [InlineData(
        """{"type":"object","properties":{"a":{}},"additionalProperties":false,"oneOf":[{"required":["b"]},{"required":["a"]}]}"""
    )]
    public void What_a_value_fits_is_not(string schema) => Assert.Null(Explain(schema));

    [Theory]
    [InlineData(false, FindingSeverity.Warning)]
    [InlineData(true, FindingSeverity.Error)]
    public void Validation_names_the_tool_that_cannot_be_called(bool strict, FindingSeverity severity)
    {
        const string Manifest = """
            connector: { manifest_version: 2, name: x, version: 1.0.0, base_url: 'https://a.test',
              tools: [ { name: find_pets, description: Finds pets of an owner by name., endpoint: GET /pets, arguments: { name: { in: query } },
                input_schema: { type: object, required: [name], properties: { name: { type: string, minLength: 5, maxLength: 2 } }, additionalProperties: false } } ] }
            """;
        var finding = Assert.Single(
            ManifestReader.Read(Encoding.UTF8.GetBytes(Manifest), "x", strict).Findings,
            finding => finding.RuleId == "unsatisfiable-schema"
        );
        Assert.Equal((severity, "/connector/tools/0/input_schema"), (finding.Severity, finding.Pointer));
        Assert.Contains("cannot be called", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_names_the_argument_that_can_never_be_given()
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                "parameters: [ { name: a, in: query, schema: { allOf: [ { type: string }, { type: boolean } ] } } ]"
            )
        );
        var finding = Assert.Single(result.Findings);
        Assert.Equal(
            ("unsatisfiable-schema", FindingSeverity.Warning, "/paths/~1things/get"),
            (finding.RuleId, finding.Severity, finding.Pointer)
        );
        Assert.Contains("'a'", finding.Message, StringComparison.Ordinal);
        Assert.NotNull(result.Manifest);
    }

    private static string? Explain(string schema) =>
        new ImpossibleSchemas(
            JsonElement.Parse(
                """
                {"Number":{"type":"number"},
                 "Bag":{"type":"object","properties":{"known":{"type":"string"}},"additionalProperties":{"type":"object"}},
                 "Endless":{"type":"object","required":["next"],"properties":{"next":{"$ref":"#/definitions/Endless"}}},
                 "Tree":{"type":"object","required":["children"],"properties":{"children":{"type":"array","items":{"$ref":"#/definitions/Tree"}}}},
                 "Either":{"type":"object","required":["next"],"properties":{"next":{"anyOf":[{"$ref":"#/definitions/Either"},{"type":"null"}]}}}}
                """
            )
        ).Explain(JsonElement.Parse(schema));
}
