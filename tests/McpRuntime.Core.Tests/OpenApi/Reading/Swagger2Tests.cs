using McpRuntime.Manifests;

namespace McpRuntime.Tests.OpenApi.Reading;

public class Swagger2Tests
{
    internal static string Document(
        string operation,
        string path = "/things",
        string method = "get",
        string root = ""
    ) =>
        $$"""
            swagger: '2.0'
            info: { title: Things, version: 1.0.0 }
            host: api.things.test
            basePath: /v1
            schemes: [http, https]
            {{root}}
            paths: { '{{path}}': { {{method}}: { {{operation.ReplaceLineEndings("\n  ")}} } } }
            """;

    [Fact]
    public async Task A_parameter_is_its_own_schema()
    {
        var tool = await Importing.ImportToolAsync(
            Document(
                """
                parameters: [
                  { name: n, in: query, required: true, description: How many., type: integer, format: int32, maximum: 9, exclusiveMaximum: true, default: 3 },
                  { name: s, in: query, type: string, enum: [a, b], x-nullable: true } ]
                """
            )
        );
        Importing.AssertJson(
            """
            {"type":"object","properties":{
              "n":{"description":"How many.","type":"integer","format":"int32","exclusiveMaximum":9,"default":3},
              "s":{"type":["string","null"],"enum":["a","b",null]}},
             "required":["n"],"additionalProperties":false}
            """,
            tool.Input()
        );
    }

    [Theory]
    [InlineData(
        "consumes: ['application/x-www-form-urlencoded']",
        "type: string",
        "application/x-www-form-urlencoded",
        false
    )]
    [InlineData("consumes: ['multipart/form-data']", "type: string", "multipart/form-data", false)]
    [InlineData(
        "consumes: ['application/x-www-form-urlencoded', 'multipart/form-data']",
        "type: string",
        "application/x-www-form-urlencoded",
        false
    )]
    [InlineData("consumes: ['application/x-www-form-urlencoded']", "type: file", "multipart/form-data", true)]
    [InlineData("", "type: string", "application/x-www-form-urlencoded", false)]
    public async Task Form_fields_are_arguments(string consumes, string type, string contentType, bool isFile)
    {
        var tool = await Importing.ImportToolAsync(
            Document(
                $$"""
                {{(consumes.Length > 0 ? consumes + "," : "")}} parameters: [
                  { name: f, in: formData, required: true, {{type}} },
                  { name: tags, in: formData, type: array, items: { type: string }, collectionFormat: pipes } ]
                """,
                method: "post"
            )
        );
        Assert.Equal(contentType, tool.Body!.ContentType);
        Assert.Equal(new ArgumentBinding { In = ArgumentLocation.Body, Name = "f" }, tool.Arguments!["f"]);
        Assert.Equal(isFile, tool.Body.Encoding.TryGetValue("f", out var part) && part.File);
        Assert.Equal(
            new PartEncoding { Explode = false, Delimiter = ArrayDelimiter.Pipe },
            tool.Body.Encoding["tags"] with
            {
                Headers = new PartEncoding().Headers,
            }
        );
        Assert.Equal(
            isFile,
            tool.Argument("f").TryGetProperty("properties", out var file) && file.TryGetProperty("base64", out _)
        );
    }

    [Fact]
    public async Task Bodies_responses_and_servers()
    {
        var result = await Importing.ImportAsync(
            Document(
                """
                consumes: [application/xml, application/json], produces: [application/xml, application/json],
                parameters: [ { name: pet, in: body, required: true, schema: { $ref: '#/definitions/Pet' } } ],
                responses: { '200': { description: ok, schema: { type: array, items: { $ref: '#/definitions/Pet' } } } }
                """,
                method: "post",
                root: "definitions: { Pet: { type: object, properties: { id: { type: integer, readOnly: true }, name: { type: string } } } }"
            )
        );
        var tool = Assert.Single(result.Manifest!.Tools);
        Assert.Equal("https://api.things.test/v1", result.Manifest.BaseUrl);
        Assert.Equal(["http://api.things.test/v1"], result.Manifest.Servers.Select(server => server.Url));
        Assert.Equal("application/json", tool.Body!.ContentType);
        Assert.Equal("application/json", tool.Accept);
        Assert.Equal(["name"], tool.Arguments!.Keys);
        Importing.AssertJson(
            """{"type":"array","items":{"$ref":"#/definitions/Pet"}}""",
            tool.OutputSchema!.ToElement()
        );
        Assert.Equal(["Pet"], result.Manifest.Definitions.Keys);
    }

    [Fact]
    public async Task Security_definitions()
    {
        var result = await Importing.ImportAsync(
            Document(
                "security: [ { key: [] }, { code: [read] } ]",
                root: """
                securityDefinitions:
                  key: { type: apiKey, in: query, name: api_key }
                  basic: { type: basic }
                  code: { type: oauth2, flow: accessCode, tokenUrl: 'https://a.test/t', authorizationUrl: 'https://a.test/a', scopes: { read: r, write: w } }
                  app: { type: oauth2, flow: application, tokenUrl: 'https://a.test/t', scopes: {} }
                """
            )
        );
        var schemes = result.Manifest!.SecuritySchemes;
        Assert.Equal(new ApiKeyScheme(ArgumentLocation.Query, "api_key"), schemes["key"]);
        Assert.IsType<BasicScheme>(schemes["basic"]);
        var code = Assert.IsType<OAuth2Scheme>(schemes["code"]);
        Assert.Equal([OAuth2Flow.AuthorizationCode], code.Flows);
        Assert.Equal(("https://a.test/t", "https://a.test/a"), (code.TokenUrl, code.AuthorizationUrl));
        Assert.Equal(["read"], code.Scopes);
        Assert.Equal([OAuth2Flow.ClientCredentials], Assert.IsType<OAuth2Scheme>(schemes["app"]).Flows);
        Assert.Equal(2, result.Manifest.Tools[0].Security!.Count);
    }
}
