using static McpRuntime.Tests.OpenApi.Importing;

namespace McpRuntime.Tests.OpenApi.Projection;

/// <summary>Whether the property of a multipart body is a file, in whichever words a document says so.</summary>
public class FileSchemaTests
{
    private const string Components = """
        schemas: {
          File: { type: string, format: binary }, Media: { type: string, contentMediaType: image/png }, Nothing: { type: 'null' },
          Alias: { $ref: '#/components/schemas/File' }, Optional: { anyOf: [ { $ref: '#/components/schemas/Alias' }, { $ref: '#/components/schemas/Nothing' } ] },
          Files: { type: array, items: { $ref: '#/components/schemas/Optional' } }
        }
        """;

    [Theory]
    [InlineData("3.1.0", "type: string, format: binary")]
    [InlineData("3.1.0", "anyOf: [ { type: string, format: binary }, { type: 'null' } ]")]
    [InlineData("3.1.0", "oneOf: [ { type: 'null' }, { type: string, contentMediaType: application/octet-stream } ]")]
    [InlineData("3.1.0", "type: [ string, 'null' ], format: binary")]
    [InlineData("3.1.0", "type: [ 'null', string ], contentMediaType: image/png")]
    [InlineData("3.1.0", "type: string, contentEncoding: binary")]
    [InlineData(
        "3.1.0",
        "anyOf: [ { type: string, contentMediaType: image/png, contentEncoding: Binary }, { type: 'null' } ]"
    )]
    [InlineData("3.1.0", "$ref: '#/components/schemas/Optional'")]
    [InlineData("3.1.0", "$ref: '#/components/schemas/Alias', description: Your picture.")]
    [InlineData("3.1.0", "anyOf: [ { $ref: '#/components/schemas/Media' }, { const: null } ]")]
    [InlineData("3.1.0", "anyOf: [ { $ref: '#/components/schemas/Optional' }, { type: [ 'null' ] } ]")]
    [InlineData("3.1.0", "anyOf: [ { allOf: [ { $ref: '#/components/schemas/File' } ] }, { enum: [ null ] } ]")]
    [InlineData("3.0.3", "type: string, format: binary, nullable: true")]
    [InlineData(
        "3.0.3",
        "allOf: [ { $ref: '#/components/schemas/File' } ], nullable: true, description: Your picture."
    )]
    [InlineData("3.0.3", "allOf: [ { $ref: '#/components/schemas/Alias' }, { description: Your picture. } ]")]
    [InlineData("3.0.3", "oneOf: [ { $ref: '#/components/schemas/File' } ]")]
    public async Task A_file(string version, string schema)
    {
        var request = await SendAsync(version, schema, """{"f":{"base64":"AAE=","filename":"a.bin"}}""");
        Assert.Contains(
            "name=\"f\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n\0\u0001\r\n",
            request,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("3.1.0", "type: array, items: { type: string, format: binary }")]
    [InlineData("3.1.0", "anyOf: [ { type: array, items: { type: string, format: binary } }, { type: 'null' } ]")]
    [InlineData("3.1.0", "type: array, items: { anyOf: [ { type: string, format: binary }, { type: 'null' } ] }")]
    [InlineData("3.1.0", "type: [ array, 'null' ], items: { $ref: '#/components/schemas/Alias' }")]
    [InlineData("3.1.0", "oneOf: [ { $ref: '#/components/schemas/Files' }, { type: 'null' } ]")]
    [InlineData("3.1.0", "anyOf: [ { $ref: '#/components/schemas/File' }, { $ref: '#/components/schemas/Files' } ]")]
    [InlineData("3.0.3", "type: array, nullable: true, items: { allOf: [ { $ref: '#/components/schemas/File' } ] }")]
    public async Task A_list_of_files(string version, string schema)
    {
        var request = await SendAsync(version, schema, """{"f":[{"text":"one"},{"text":"two","filename":"b.txt"}]}""");
        Assert.Contains(
            "name=\"f\"; filename=\"f\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\none\r\n",
            request,
            StringComparison.Ordinal
        );
        Assert.Contains("name=\"f\"; filename=\"b.txt\"", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.1.0", "anyOf: [ { type: string }, { type: 'null' } ]")]
    [InlineData("3.1.0", "anyOf: [ { type: string, format: binary }, { type: string, format: uri } ]")]
    [InlineData("3.1.0", "type: string, contentMediaType: image/png, contentEncoding: base64")]
    [InlineData("3.1.0", "type: string, contentMediaType: text/csv, contentEncoding: binary")]
    [InlineData("3.1.0", "type: string, contentMediaType: text/plain")]
    [InlineData("3.0.3", "allOf: [ { type: string }, { maxLength: 5 } ]")]
    public async Task Text_stays_text(string version, string schema)
    {
        var request = await SendAsync(version, schema, """{"f":"text"}""");
        Assert.Contains("name=\"f\"\r\n\r\ntext\r\n", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type: file")]
    [InlineData("type: string, format: binary")]
    public async Task Of_swagger_2(string type)
    {
        var one = Swagger2(type);
        var many = Swagger2($"type: array, items: {{ {type} }}");
        Assert.Contains(
            "filename=\"f\"",
            (await ImportedCall.SendAsync(one, "post", """{"f":{"text":"x"}}""")).BodyText,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "filename=\"a\"",
            (await ImportedCall.SendAsync(many, "post", """{"f":[{"text":"x","filename":"a"}]}""")).BodyText,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_form_that_may_be_null_still_has_its_files()
    {
        var document = Document(
            "operationId: post, requestBody: { content: { multipart/form-data: { schema: { anyOf: [ { $ref: '#/components/schemas/Form' }, { type: 'null' } ] } } } }",
            "schemas: { Form: { type: object, properties: { f: { type: string, format: binary } } } }",
            method: "post"
        );
        Assert.Contains(
            "filename=\"f\"",
            (await ImportedCall.SendAsync(document, "post", """{"f":{"text":"x"}}""")).BodyText,
            StringComparison.Ordinal
        );
    }

    private static async Task<string> SendAsync(string version, string schema, string arguments)
    {
        var document = Document(
            $"operationId: post, requestBody: {{ content: {{ multipart/form-data: {{ schema: {{ type: object, properties: {{ f: {{ {schema} }} }} }} }} }} }}",
            Components,
            version,
            method: "post"
        );
        return (await ImportedCall.SendAsync(document, "post", arguments)).BodyText;
    }

    private static string Swagger2(string field) =>
        $$"""
            swagger: '2.0'
            info: { title: Things, version: '1' }
            host: api.example.com
            paths: { /x: { post: { operationId: post, consumes: [ multipart/form-data ], parameters: [ { name: f, in: formData, {{field}} } ], responses: { 200: { description: ok } } } } }
            """;
}
