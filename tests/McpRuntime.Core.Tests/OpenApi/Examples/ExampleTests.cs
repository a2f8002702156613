using System.Text.Json;
using McpRuntime.Calls.Plan;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Examples;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>The document's own request examples, tried on the tools that were made of it.</summary>
public class ExampleTests
{
    [Fact]
    public async Task Examples_of_parameters_and_bodies_are_tried_and_counted()
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                """
                parameters: [
                  { name: id, in: query, schema: { type: integer }, example: 5 },
                  { name: bad, in: query, schema: { type: integer }, example: five },
                  { name: several, in: query, schema: { type: string, enum: [a, b] }, examples: { one: { value: a }, two: { value: c }, three: { $ref: '#/components/examples/B' } } },
                  { name: list, in: query, schema: { type: array, items: { type: string } }, example: 'x,y' } ],
                requestBody: { required: true, content: { application/json: {
                  schema: { type: object, required: [name], properties: { name: { type: string }, age: { type: integer, minimum: 0 }, gone: { type: string } } },
                  examples: {
                    good: { value: { name: Rex, age: 3, gone: null } },
                    young: { value: { name: Rex, age: -1 } },
                    nameless: { value: { age: 3 } },
                    unknown: { value: { name: Rex, wings: 2 } },
                    text: { value: '{"name":"Rex"}' } } } } }
                """,
                "examples: { B: { value: b } }",
                method: "post"
            )
        );
        Assert.Equal(new ExampleCounts(11, 5), result.Examples);
        var findings = result.Findings.Where(finding => finding.RuleId == "example-mismatch").ToList();
        Assert.Equal(5, findings.Count);
        Assert.All(findings, finding =>
            Assert.Equal((FindingSeverity.Information, true), (finding.Severity, finding.Line is not null))
        );
        const string Examples = "/paths/~1things/post/requestBody/content/application~1json/examples/";
        Assert.Equal(
            [
                "/paths/~1things/post/parameters/1/example",
                "/paths/~1things/post/parameters/2/examples/two/value",
                Examples + "nameless/value",
                Examples + "unknown/value",
                Examples + "young/value",
            ],
            findings.Select(finding => finding.Pointer).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Examples_of_OpenAPI_2_0_and_of_schemas_count_and_what_is_shared_counts_once()
    {
        var result = await Importing.ImportAsync(
            """
            swagger: '2.0'
            info: { title: T, version: '1' }
            host: a.test
            parameters: { Page: { name: page, in: query, type: integer, x-example: first } }
            paths:
              /a: { get: { parameters: [ { $ref: '#/parameters/Page' } ] } }
              /b: { post: { parameters: [ { $ref: '#/parameters/Page' }, { name: body, in: body, required: true, schema: { $ref: '#/definitions/Pet' } } ] } }
            definitions: { Pet: { type: object, properties: { name: { type: string } }, example: { name: 5 } } }
            """
        );
        Assert.Equal(new ExampleCounts(2, 2), result.Examples);
    }

    // What a call would convert fits, what it would refuse does not.
    [Theory]
    [InlineData("explode: false, schema: { type: array, items: { type: integer } }", "\"70,151,12\"", 0)]
    [InlineData("schema: { type: array, items: { type: integer } }", "\"70,151,12\"", 0)]
    [InlineData("style: pipeDelimited, schema: { type: array, items: { type: integer } }", "\"1|2\"", 0)]
    [InlineData("style: pipeDelimited, schema: { type: array, items: { type: integer } }", "\"1,2\"", 1)]
    [InlineData(
        "style: deepObject, schema: { type: object, properties: { n: { type: integer } } }",
        """ "{\"n\":\"5\"}" """,
        0
    )]
    [InlineData("schema: { type: string }", "5", 0)]
    [InlineData("content: { application/json: { schema: { type: array, items: { type: integer } } } }", "\"1,2\"", 1)]
    [InlineData("content: { application/json: { schema: { type: string } } }", "5", 1)]
    [InlineData("schema: { anyOf: [ { type: string }, { type: array, items: { type: integer } } ] }", "5", 1)]
    [InlineData("schema: { type: string }", "null", 0)]
    public async Task An_example_fits_where_a_call_with_it_does(string parameter, string example, int mismatches)
    {
        var result = await Importing.ImportAsync(
            Importing.Document($"parameters: [ {{ name: a, in: query, {parameter}, example: {example} }} ]")
        );
        Assert.Equal(new ExampleCounts(1, mismatches), result.Examples);
        Assert.Equal(mismatches, result.Findings.Count(finding => finding.RuleId == "example-mismatch"));
        var plan = CallPlan.Create(result.Manifest!, Assert.Single(result.Manifest!.Tools));
        var call = () => plan.Contract.Check(JsonElement.Parse($$"""{"a":{{example}}}"""), ArgumentCheck.Standard);
        if (mismatches == 0)
            Assert.Empty(call().Warnings);
        else
            Assert.Throws<CallException>(() => call());
    }

    [Fact]
    public async Task A_repaired_schema_takes_the_examples_of_its_document()
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                """
                requestBody: { required: true, content: { application/json: {
                  schema: { type: array, items: { allOf: [ { $ref: '#/components/schemas/Base' }, { type: object, additionalProperties: false, properties: { level: { type: int, enum: ['1', '2'] } } } ] } },
                  example: [ { kind: a, level: 2 } ] } } }
                """,
                "schemas: { Base: { type: object, additionalProperties: false, properties: { kind: { type: string, pattern: '/^[A-Z]$/i' } } } }",
                method: "post"
            )
        );
        Assert.Equal(new ExampleCounts(1, 0), result.Examples);
    }
}
