using static McpRuntime.Tests.OpenApi.Importing;

namespace McpRuntime.Tests.OpenApi.Projection;

/// <summary>From documents to bytes: deepObject, nested collections and sequences of JSON.</summary>
public class RequestShapeTests
{
    [Fact]
    public async Task Arrays_under_deepObject_in_a_query_and_a_form()
    {
        var document = Document(
            """
            operationId: create,
            parameters: [ { name: expand, in: query, style: deepObject, explode: true, schema: { $ref: '#/components/schemas/Names' } } ],
            requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, properties: { items: { $ref: '#/components/schemas/Items' } } }, encoding: { items: { style: deepObject } } } } }
            """,
            """
            schemas: {
              Names: { type: array, items: { type: string } },
              Items: { type: array, items: { type: object, properties: { price: { type: string }, rates: { $ref: '#/components/schemas/Names' } } } }
            }
            """,
            version: "3.0.3",
            method: "post"
        );
        var request = await ImportedCall.SendAsync(
            document,
            "create",
            """{"expand":["a","b"],"items":[{"price":"p1","rates":["t","u"]},{"price":"p2"}]}"""
        );
        Assert.Equal("/things?expand[0]=a&expand[1]=b", Uri.UnescapeDataString(request.Target));
        Assert.Equal(
            "items[0][price]=p1&items[0][rates][0]=t&items[0][rates][1]=u&items[1][price]=p2",
            Uri.UnescapeDataString(request.BodyText)
        );
    }

    [Theory]
    [InlineData("query", "csv", "pipes", "?m=1%7C2,3")]
    [InlineData("query", "multi", "csv", "?m=1,2&m=3")]
    [InlineData("query", "multi", "", "?m=1,2&m=3")]
    [InlineData("query", "pipes", "ssv", "?m=1%202%7C3")]
    [InlineData("query", "", "tsv", "?m=1%092,3")]
    [InlineData("path", "pipes", "csv", "/1,2%7C3")]
    [InlineData("header", "ssv", "pipes", "1|2 3")]
    [InlineData("formData", "multi", "pipes", "m=1%7C2&m=3")]
    [InlineData("formData", "csv", "pipes", "m=1%7C2,3")]
    public async Task Nested_collections_of_Swagger_2(string place, string outer, string inner, string expected)
    {
        string Format(string format) => format.Length == 0 ? "" : $"collectionFormat: {format},";
        var request = await ImportedCall.SendAsync(
            $$"""
            swagger: '2.0'
            info: { title: Things, version: '1' }
            host: api.example.com
            paths:
              /x{{(place == "path" ? "/{m}" : "")}}:
                post:
                  operationId: post
                  consumes: [ application/x-www-form-urlencoded ]
                  parameters: [ { name: m, in: {{place}}, required: true, type: array, {{Format(
                outer
            )}} items: { type: array, {{Format(inner)}} items: { type: integer } } } ]
                  responses: { 200: { description: ok } }
            """,
            "post",
            """{"m":[[1,2],[3]]}"""
        );
        var sent = place switch
        {
            "header" => Assert.Single(request.Header("m")),
            "formData" => request.BodyText,
            _ => request.Target["/x".Length..],
        };
        Assert.Equal(expected, sent);
    }

    [Fact]
    public async Task Three_levels_keep_their_delimiters()
    {
        var request = await ImportedCall.SendAsync(
            """
            swagger: '2.0'
            info: { title: Things, version: '1' }
            host: api.example.com
            paths: { /x: { get: { operationId: get, parameters: [ { name: m, in: query, type: array, items: { type: array, collectionFormat: pipes, items: { type: array, collectionFormat: ssv, items: { type: string } } } } ], responses: { 200: { description: ok } } } } }
            """,
            "get",
            """{"m":[[["a","b"],["c,d"]],[[],["e"]]]}"""
        );
        Assert.Equal("/x?m=a%20b%7Cc%2Cd,e", request.Target);
    }

    [Theory]
    [InlineData(
        "application/x-ndjson",
        "schema: { type: array, items: { $ref: '#/components/schemas/Line' } }",
        "{\"a\":1}\n{\"a\":2}\n"
    )]
    [InlineData("application/jsonl", "schema: { $ref: '#/components/schemas/Lines' }", "{\"a\":1}\n{\"a\":2}\n")]
    [InlineData(
        "application/x-ndjson; charset=utf-8",
        "schema: { type: [array, 'null'], items: {} }",
        "{\"a\":1}\n{\"a\":2}\n"
    )]
    [InlineData(
        "application/ndjson",
        "schema: { allOf: [ { $ref: '#/components/schemas/Lines' } ] }",
        "{\"a\":1}\n{\"a\":2}\n"
    )]
    [InlineData("application/jsonl", "schema: { $ref: '#/components/schemas/Line' }", "{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("application/jsonl", "itemSchema: { $ref: '#/components/schemas/Line' }", "{\"a\":1}\n{\"a\":2}\n")]
    [InlineData(
        "application/json-seq",
        "itemSchema: { $ref: '#/components/schemas/Line' }",
        "\u001e{\"a\":1}\n\u001e{\"a\":2}\n"
    )]
    public async Task A_sequence_of_JSON_takes_an_array(string mediaType, string schema, string expected)
    {
        var document = Document(
            $"operationId: post, requestBody: {{ required: true, content: {{ '{mediaType}': {{ {schema} }} }} }}",
            "schemas: { Line: { type: object, properties: { a: { type: integer } } }, Lines: { type: array, items: { $ref: '#/components/schemas/Line' } } }",
            version: schema.StartsWith("itemSchema", StringComparison.Ordinal) ? "3.2.0" : "3.1.0",
            method: "post"
        );
        var request = await ImportedCall.SendAsync(document, "post", """{"body":[{"a":1},{"a":2}]}""");
        Assert.Equal(expected, request.BodyText);
        Assert.Equal([mediaType], request.Header("Content-Type"));
    }

    [Fact]
    public async Task A_sequence_that_is_only_text_stays_text()
    {
        var document = Document(
            "operationId: post, requestBody: { required: true, content: { application/x-ndjson: { schema: { type: string } } } }",
            method: "post"
        );
        Assert.Equal("{}\n{}", (await ImportedCall.SendAsync(document, "post", """{"body":"{}\n{}"}""")).BodyText);
    }
}
