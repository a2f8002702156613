using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.OpenApi;

namespace McpRuntime.Tests.OpenApi;

/// <summary>Operations that repeat each other's words, flaws included, are each reported where they stand.</summary>
public class RepeatedFlawTests
{
    [Fact]
    public async Task A_flaw_that_many_operations_repeat_is_reported_in_each_of_them_up_to_what_is_listed()
    {
        var result = await ImportAsync(new ImportOptions());

        Assert.Equal(300, result.Tools.Count);
        var listed = Enumerable.Range(0, 50);
        Assert.Equal(
            listed.Select(i => $"/paths/~1a{i}/get/parameters/0/schema/minLength"),
            Places(result, "schema-keyword")
        );
        Assert.Equal(listed.Select(i => $"/paths/~1a{i}/get/parameters/1"), Places(result, "parameter"));
        Assert.Equal(
            listed.Select(i => $"/paths/~1a{i * 5}/get/responses/200/content/application~1json/schema"),
            Places(result, "dangling-reference")
        );
        Assert.Contains(result.Findings, finding =>
            finding is { RuleId: "parameter", Message: "Not listed: 250 more findings of this rule." }
        );
        Assert.Contains(result.Findings, finding =>
            finding is { RuleId: "dangling-reference", Message: "Not listed: 10 more findings of this rule." }
        );
    }

    [Fact]
    public async Task What_many_operations_say_alike_about_their_servers_is_reported_once()
    {
        var result = await ImportAsync(new ImportOptions { BaseUrl = new Uri("https://api.things.test") });
        Assert.Equal(
            ["/paths/~1a0/get/servers/0", "/paths/~1a1/get/servers/0"],
            result.Findings.Where(finding => finding.RuleId == "operation-server").Select(finding => finding.Pointer)
        );
    }

    [Fact]
    public async Task A_parameter_that_operations_repeat_is_reported_where_it_is_an_argument_and_where_it_has_no_location()
    {
        const string key =
            """{ "name": "X-Key", "in": "header", "schema": { "type": "string", "minLength": "none" } }""";
        const string id = """{ "name": "id", "in": "path", "schema": { "type": "string" } }""";
        var result = await ImportAsync(
            new ImportOptions(),
            $$"""
            {
              "openapi": "3.1.1", "info": { "title": "Two", "version": "1" }, "servers": [ { "url": "https://api.things.test" } ],
              "paths": {
                "/a": { "get": { "parameters": [ {{key}}, {{id}} ], "security": [ { "key": [] } ], "responses": {} } },
                "/b": { "get": { "parameters": [ {{key}}, {{id}} ], "responses": {} } }
              },
              "components": { "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } }
            }
            """
        );

        Assert.Equal(["/paths/~1a/get/parameters/0"], Places(result, "credential-parameter"));
        Assert.Equal(["/paths/~1b/get/parameters/0/schema/minLength"], Places(result, "schema-keyword"));
        Assert.Equal(["/paths/~1a/get/parameters/1", "/paths/~1b/get/parameters/1"], Places(result, "path-parameter"));
    }

    [Fact]
    public async Task An_example_that_operations_repeat_is_tried_once()
    {
        const string size =
            """{ "name": "size", "in": "query", "schema": { "type": "string", "enum": ["s", "m"] }, "example": "huge" }""";
        var result = await ImportAsync(
            new ImportOptions(),
            $$"""
            {
              "openapi": "3.1.1", "info": { "title": "Two", "version": "1" }, "servers": [ { "url": "https://api.things.test" } ],
              "paths": { "/a": { "get": { "parameters": [ {{size}} ] } }, "/b": { "get": { "parameters": [ {{size}} ] } } }
            }
            """
        );

        Assert.Equal((1, 1), (result.Examples.Tried, result.Examples.Mismatched));
        Assert.Equal(["/paths/~1a/get/parameters/0/example"], Places(result, "example-mismatch"));
    }

    private static Task<ImportResult> ImportAsync(ImportOptions options, string? document = null) =>
        new OpenApiImporter(new DocumentLoader(new DocumentLimits())).ImportAsync(
            new DocumentSource.FromStream("many.json", () =>
                new MemoryStream(Encoding.UTF8.GetBytes(document ?? Document()))
            ),
            options,
            TestContext.Current.CancellationToken
        );

    private static IEnumerable<string> Places(ImportResult result, string rule) =>
        result
            .Findings.Where(finding => finding.RuleId == rule && finding.Line is not null)
            .Select(finding => finding.Pointer);

    // Operations that repeat each other's words, flaws included, from one end of the document to the other.
    private static string Document()
    {
        var paths = Enumerable
            .Range(0, 300)
            .Select(i =>
                $$"""
                    "/a{{i}}": { "get": {
                      "parameters": [ { "name": "q", "in": "query", "schema": { "type": "string", "minLength": "none" } }, { "name": "z", "in": "nowhere", "schema": {} } ],
                      "servers": [ { "url": "{{(
                        i % 2 == 0 ? "ftp://files.example" : "https://other.example/{v}"
                    )}}", "variables": { "v": { "default": "one" } } } ],
                      "security": [ { "{{(i % 3 == 0 ? "key" : "unknown")}}": [] } ],
                      "responses": { "200": { "description": "d", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/{{(
                        i % 5 == 0 ? "Missing" : $"S{i % 40}"
                    )}}" } } } } } } }
                    """
            );
        var schemas = Enumerable
            .Range(0, 40)
            .Select(i =>
                $$"""  "S{{i}}": { "type": "object", "properties": { "next": { "$ref": "#/components/schemas/S{{(i + 7) % 40}}" }, "odd": { "maxLength": "many" }, "id": { "type": "string", "readOnly": {{(i % 4 == 0 ? "true" : "false")}} } } } """
            );
        return $$"""
            {
              "openapi": "3.1.1", "info": { "title": "Many", "version": "1" }, "servers": [ { "url": "https://api.things.test/{v}", "variables": { "v": { "default": "two" } } } ],
              "paths": { {{string.Join(',', paths)}} },
              "components": {
                "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } },
                "schemas": { {{string.Join(',', schemas)}} }
              }
            }
            """;
    }
}
