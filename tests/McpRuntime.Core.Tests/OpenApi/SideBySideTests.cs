using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Tests.OpenApi;

/// <summary>What an import makes and says does not depend on the processors of a machine.</summary>
public class SideBySideTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("https://api.things.test")]
    public async Task Several_workers_make_and_say_what_one_does(string? baseUrl)
    {
        var options = new ImportOptions { BaseUrl = baseUrl is null ? null : new Uri(baseUrl), Workers = 1 };
        var one = await ImportAsync(options);
        Assert.Equal(300, one.Tools.Count);
        Assert.NotEmpty(one.Findings);
        foreach (var workers in (int[])[2, 3, 8])
        {
            var several = await ImportAsync(options with { Workers = workers });
            Assert.Equal(Text(one), Text(several));
            Assert.Equal(one.Findings, several.Findings);
            Assert.Equal(one.Tools, several.Tools);
        }
    }

    [Fact]
    public async Task What_many_operations_say_alike_about_their_servers_is_said_once()
    {
        var result = await ImportAsync(new ImportOptions { BaseUrl = new Uri("https://api.things.test"), Workers = 4 });
        Assert.Equal(
            ["/paths/~1a0/get/servers/0", "/paths/~1a1/get/servers/0"],
            result.Findings.Where(finding => finding.RuleId == "operation-server").Select(finding => finding.Pointer));
    }

    private static Task<ImportResult> ImportAsync(ImportOptions options) =>
        new OpenApiImporter(new DocumentLoader(new DocumentLimits())).ImportAsync(
            new DocumentSource.FromStream("many.json", () => new MemoryStream(Encoding.UTF8.GetBytes(Document()))), options, TestContext.Current.CancellationToken);

    private static string Text(ImportResult result) => Encoding.UTF8.GetString(ManifestWriter.ToUtf8(result.Manifest!).Span);

    // Operations that repeat each other's words, flaws included, from one end of the document to the other.
    private static string Document()
    {
        var paths = Enumerable.Range(0, 300).Select(i => $$"""
            "/a{{i}}": { "get": {
              "parameters": [ { "name": "q", "in": "query", "schema": { "type": "string", "minLength": "none" } }, { "name": "z", "in": "nowhere", "schema": {} } ],
              "servers": [ { "url": "{{(i % 2 == 0 ? "ftp://files.example" : "https://other.example/{v}")}}", "variables": { "v": { "default": "one" } } } ],
              "security": [ { "{{(i % 3 == 0 ? "key" : "unknown")}}": [] } ],
              "responses": { "200": { "description": "d", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/{{(i % 5 == 0 ? "Missing" : $"S{i % 40}")}}" } } } } } } }
            """);
        var schemas = Enumerable.Range(0, 40).Select(i =>
            $$"""  "S{{i}}": { "type": "object", "properties": { "next": { "$ref": "#/components/schemas/S{{(i + 7) % 40}}" }, "odd": { "maxLength": "many" }, "id": { "type": "string", "readOnly": {{(i % 4 == 0 ? "true" : "false")}} } } } """);
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
