using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.OpenApi;
using McpRuntime.Testing;

namespace McpRuntime.Tests.OpenApi.References;

public class ReferenceTests
{
    [Theory]
    [InlineData("#/components/schemas/A", "A")]
    [InlineData("#/components/schemas/a~1b~0c", "a_b_c")]
    [InlineData("#/components/schemas/with%20space", "with_space")]
    [InlineData("#/components/schemas/A/properties/inner", "A_inner")]
    [InlineData("#/paths/~1things/get/parameters/1/schema", "things_parameters_1")]
    [InlineData("#named", "N")]
    [InlineData("https://schemas.test/own.json", "O")]
    [InlineData("https://schemas.test/own.json#/$defs/D", "D")]
    [InlineData("#/components/schemas/Alias", "A")]
    public async Task Local_references(string reference, string name)
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                $$"""
                parameters: [
                  { name: a, in: query, schema: { $ref: '{{reference}}' } },
                  { name: b, in: query, schema: { type: boolean } } ]
                """,
                """
                schemas: {
                  A: { type: object, properties: { inner: { type: string } } },
                  'a/b~c': { type: integer }, with space: { type: string },
                  N: { $anchor: named, type: string },
                  O: { $id: 'https://schemas.test/own.json', type: string, $defs: { D: { type: integer } } },
                  Alias: { $ref: '#/components/schemas/A' } }
                """
            )
        );
        Importing.AssertJson($$"""{"$ref":"#/definitions/{{name}}"}""", result.Manifest!.Tools[0].Argument("a"));
        Assert.Empty(result.Findings);
    }

    [Fact]
    public async Task Cycles_stay_references()
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                "responses: { '200': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Node' } } } } }",
                """
                schemas: { Node: { type: object, properties: { next: { $ref: '#/components/schemas/Node' }, edge: { $ref: '#/components/schemas/Edge' } } },
                           Edge: { type: object, properties: { to: { $ref: '#/components/schemas/Node' } } } }
                """
            )
        );
        Assert.Equal(["Edge", "Node"], result.Manifest!.Definitions.Keys);
        Importing.AssertJson(
            """{"type":"object","properties":{"to":{"$ref":"#/definitions/Node"}}}""",
            result.Manifest.Definitions["Edge"].ToElement()
        );
    }

    [Theory]
    [InlineData("#/components/schemas/Missing", "dangling-reference")]
    [InlineData("#/components/schemas/Loop", "reference-cycle")]
    [InlineData("#nowhere", "dangling-reference")]
    [InlineData("other.json", "dangling-reference")]
    public async Task A_reference_that_means_nothing_is_reported_with_its_place(string reference, string rule)
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                $"parameters: [ {{ name: a, in: query, schema: {{ $ref: '{reference}' }} }} ]",
                "schemas: { Loop: { $ref: '#/components/schemas/Loop2' }, Loop2: { $ref: '#/components/schemas/Loop' } }"
            )
        );
        Assert.Equal(rule, Assert.Single(result.Findings).RuleId);
        Importing.AssertJson("{}", result.Manifest!.Tools[0].Argument("a"));
    }

    [Fact]
    public async Task Path_items_parameters_bodies_and_responses_are_followed()
    {
        var result = await Importing.ImportAsync(
            """
            openapi: 3.1.1
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            paths: { /x: { $ref: '#/components/pathItems/X' } }
            components:
              pathItems: { X: { parameters: [ { $ref: '#/components/parameters/P' } ], post: {
                parameters: [ { name: p, in: query, schema: { type: integer } } ],
                requestBody: { $ref: '#/components/requestBodies/B' },
                responses: { '201': { $ref: '#/components/responses/R' } } } } }
              parameters: { P: { name: p, in: query, schema: { type: string } } }
              requestBodies: { B: { required: true, content: { application/json: { schema: { type: object, properties: { b: { type: string } } } } } } }
              responses: { R: { description: d, content: { application/json: { schema: { type: integer } } } } }
            """
        );
        var tool = Assert.Single(result.Manifest!.Tools);
        Assert.Equal(["p", "b"], tool.Arguments!.Keys);
        Importing.AssertJson("""{"type":"integer"}""", tool.Argument("p"));
        Importing.AssertJson("""{"type":"integer"}""", tool.OutputSchema!.ToElement());
    }

    [Fact]
    public async Task Other_files_below_the_folder_are_read_and_only_those_that_are_needed()
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "api.yaml",
            """
            openapi: 3.0.4
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            paths: { /x: { $ref: 'paths/x.yaml' }, /y: { $ref: 'paths/missing.yaml' } }
            components: { schemas: { Unused: { $ref: 'nowhere.yaml' } } }
            """
        );
        folder.Write(
            "paths/x.yaml",
            """
            get: { parameters: [ { name: a, in: query, schema: { $ref: '../schemas/pet.json' } }, { name: b, in: query, schema: { $ref: '../schemas/all.json#/Tag' } } ] }
            """
        );
        folder.Write(
            "schemas/pet.json",
            """{"type":"object","properties":{"tag":{"$ref":"all.json#/Tag"},"self":{"$ref":"#"},"back":{"$ref":"../api.yaml#/info"}}}"""
        );
        folder.Write("schemas/all.json", """{"Tag":{"type":"string","nullable":true}}""");
        var result = await ImportFileAsync(Path.Combine(folder.Path, "api.yaml"));
        Assert.Equal(["Tag", "info", "pet"], result.Manifest!.Definitions.Keys);
        Importing.AssertJson("""{"type":["string","null"]}""", result.Manifest.Definitions["Tag"].ToElement());
        Assert.Contains(
            "\"self\":{\"$ref\":\"#/definitions/pet\"}",
            result.Manifest.Definitions["pet"].ToString(),
            StringComparison.Ordinal
        );
        var finding = Assert.Single(result.Findings);
        Assert.Equal("dangling-reference", finding.RuleId);
        Assert.Contains("missing.yaml", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.json")]
    [InlineData("link.json")]
    [InlineData("https://elsewhere.test/x.json")]
    [InlineData("file:///etc/passwd")]
    public async Task What_is_not_the_documents_own_is_not_read_unless_allowed(string reference)
    {
        using var folder = new TemporaryFolder();
        folder.Write("outside.json", """{"type":"string"}""");
        folder.Write(
            "in/api.yaml",
            $$"""
            openapi: 3.1.1
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            paths: { /x: { get: { parameters: [ { name: a, in: query, schema: { $ref: '{{reference}}' } } ] } } }
            """
        );
        File.CreateSymbolicLink(
            Path.Combine(folder.Path, "in", "link.json"),
            Path.Combine(folder.Path, "outside.json")
        );
        var path = Path.Combine(folder.Path, "in", "api.yaml");
        var finding = Assert.Single((await ImportFileAsync(path)).Findings);
        Assert.Equal("dangling-reference", finding.RuleId);
        Assert.Contains("import with external references allowed", finding.Message, StringComparison.Ordinal);
        if (reference is "../outside.json" or "link.json")
            Assert.Empty((await ImportFileAsync(path, new ImportOptions { AllowExternal = true })).Findings);
    }

    private static Task<ImportResult> ImportFileAsync(string path, ImportOptions? options = null) =>
        new OpenApiImporter(new DocumentLoader(new DocumentLimits())).ImportAsync(
            new DocumentSource.FromFile(path),
            options ?? new ImportOptions(),
            TestContext.Current.CancellationToken
        );
}
