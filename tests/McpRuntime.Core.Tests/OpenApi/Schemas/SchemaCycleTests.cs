using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Tests.OpenApi.Schemas;

/// <summary>Schemas that apply themselves to the same value again, which no validator needs to survive.</summary>
public class SchemaCycleTests
{
    [Theory]
    [InlineData(
        "A: { allOf: [ { $ref: '#/components/schemas/A' }, { minProperties: 1 } ], type: object }",
        """{"allOf":[{"minProperties":1}],"type":"object"}"""
    )]
    [InlineData("A: { $ref: '#/components/schemas/A', type: object }", """{"type":"object"}""")]
    [InlineData(
        "A: { anyOf: [ { $ref: '#/components/schemas/A' }, { type: string } ] }",
        """{"anyOf":[{"type":"string"}]}"""
    )]
    [InlineData("A: { oneOf: [ { $ref: '#/components/schemas/A' } ], type: string }", """{"type":"string"}""")]
    [InlineData("A: { not: { $ref: '#/components/schemas/A' }, type: string }", """{"type":"string"}""")]
    [InlineData(
        "A: { if: { type: string }, then: { $ref: '#/components/schemas/A' } }",
        """{"if":{"type":"string"}}"""
    )]
    [InlineData(
        "A: { dependentSchemas: { x: { $ref: '#/components/schemas/A' } } }",
        """{"dependentSchemas":{"x":{}}}"""
    )]
    [InlineData(
        "A: { allOf: [ { oneOf: [ { type: string }, { $ref: '#/components/schemas/A' } ] } ] }",
        """{"allOf":[{"oneOf":[{"type":"string"}]}]}"""
    )]
    public async Task The_repetition_is_left_out_and_reported(string schema, string expected)
    {
        var result = await ImportAsync(schema);
        Importing.AssertJson(expected, result.Manifest!.Definitions["A"].ToElement());
        var finding = Assert.Single(result.Findings);
        Assert.Equal(("reference-cycle", FindingSeverity.Warning), (finding.RuleId, finding.Severity));
        Assert.Equal("/components/schemas/A", finding.Pointer);
    }

    [Fact]
    public async Task A_way_round_through_others_is_cut_once()
    {
        var result = await ImportAsync(
            "A: { allOf: [ { $ref: '#/components/schemas/B' } ] }, B: { allOf: [ { $ref: '#/components/schemas/C' } ] }, C: { type: object, allOf: [ { $ref: '#/components/schemas/A' } ] }"
        );
        Importing.AssertJson("""{"type":"object"}""", result.Manifest!.Definitions["C"].ToElement());
        Assert.Equal("/components/schemas/C", Assert.Single(result.Findings).Pointer);
        AssertNoCycle(result.Manifest);
    }

    [Fact]
    public async Task Heirs_include_their_base_without_its_choice_among_them()
    {
        var result = await ImportAsync(
            """
            A: { type: object, required: [kind], properties: { kind: { type: string }, friend: { $ref: '#/components/schemas/A' } },
                 oneOf: [ { $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' } ] },
            Cat: { allOf: [ { $ref: '#/components/schemas/A' }, { type: object, required: [purrs], properties: { purrs: { type: boolean } } } ] },
            Dog: { allOf: [ { $ref: '#/components/schemas/A' }, { type: object, required: [barks], properties: { barks: { type: boolean } } } ] }
            """
        );
        var definitions = result.Manifest!.Definitions;
        Assert.Equal(["A", "A-base", "Cat", "Dog"], definitions.Keys);
        Importing.AssertJson(
            """{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"},"friend":{"$ref":"#/definitions/A"}}}""",
            definitions["A-base"].ToElement()
        );
        Importing.AssertJson(
            """[{"$ref":"#/definitions/Cat"},{"$ref":"#/definitions/Dog"}]""",
            definitions["A"].ToElement().GetProperty("oneOf")
        );
        Importing.AssertJson(
            """{"$ref":"#/definitions/A-base"}""",
            definitions["Cat"].ToElement().GetProperty("allOf")[0]
        );
        Assert.Equal(FindingSeverity.Information, Assert.Single(result.Findings).Severity);
        AssertNoCycle(result.Manifest);

        var schema = JsonSchema.Compile(new SchemaBundler(definitions).Bundle(definitions["A"]).ToElement());
        Assert.True(schema.IsValid(JsonElement.Parse("""{"kind":"cat","purrs":true}""")));
        Assert.False(schema.IsValid(JsonElement.Parse("""{"purrs":true}""")));
        Assert.False(schema.IsValid(JsonElement.Parse("""{"kind":"cat"}""")));
    }

    [Fact]
    public async Task Through_a_property_or_an_item_a_schema_may_lead_to_itself()
    {
        var result = await ImportAsync(
            "A: { type: object, properties: { a: { $ref: '#/components/schemas/A' } }, additionalProperties: { allOf: [ { $ref: '#/components/schemas/A' } ] } }"
        );
        Assert.Empty(result.Findings);
    }

    [Fact]
    public async Task Schemas_that_only_the_repetition_needed_are_gone()
    {
        var result = await ImportAsync(
            "A: { type: object, not: { $ref: '#/components/schemas/B' } }, B: { not: { $ref: '#/components/schemas/A' }, properties: { c: { $ref: '#/components/schemas/C' } } }, C: { type: string }"
        );
        Assert.Equal(["A", "B", "C"], result.Manifest!.Definitions.Keys);
        AssertNoCycle(result.Manifest);
    }

    private static void AssertNoCycle(ConnectorManifest manifest)
    {
        var read = ManifestReader.Read(ManifestWriter.ToUtf8(manifest), "m.yaml");
        Assert.Empty(read.Findings);
    }

    private static Task<ImportResult> ImportAsync(string schemas) =>
        Importing.ImportAsync(
            Importing.Document(
                "responses: { '200': { description: d, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/A' } } } } } }",
                $"schemas: {{ {schemas} }}"
            )
        );
}
