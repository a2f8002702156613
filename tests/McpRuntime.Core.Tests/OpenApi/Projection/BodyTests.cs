using McpRuntime.Manifests;

namespace McpRuntime.Tests.OpenApi.Projection;

public class BodyTests
{
    private const string Plain = "type: object, properties: { a: { type: string }, b: { type: integer } }";

    [Theory]
    [InlineData("required: true", Plain, "a b")]
    [InlineData("required: true", Plain + ", required: [a]", "a b")]
    [InlineData("required: false", Plain, "a b")]
    // Without the body nothing is required, with it `a` is.
    [InlineData("required: false", Plain + ", required: [a]", "body")]
    [InlineData("required: true", Plain + ", additionalProperties: false", "a b")]
    [InlineData("required: true", Plain + ", additionalProperties: true", "body")]
    [InlineData("required: true", Plain + ", additionalProperties: { type: string }", "body")]
    [InlineData("required: true", Plain + ", minProperties: 1", "body")]
    [InlineData("required: true", Plain + ", required: [c]", "body")]
    [InlineData("required: true", "type: [object, 'null'], properties: { a: {} }", "body")]
    [InlineData("required: true", "type: array, items: { type: string }", "body")]
    [InlineData("required: true", "oneOf: [ { type: object } ]", "body")]
    [InlineData("required: true", "allOf: [ { " + Plain + " }, { properties: { c: {} } } ]", "a b c")]
    [InlineData("required: true", "allOf: [ { " + Plain + " }, { properties: { a: { type: integer } } } ]", "body")]
    [InlineData("required: true", "allOf: [ { " + Plain + " }, { properties: { a: { type: string } } } ]", "a b")]
    [InlineData(
        "required: true",
        "allOf: [ { " + Plain + ", additionalProperties: false }, { properties: { c: {} } } ]",
        "a b c"
    )]
    [InlineData("required: true", "$ref: '#/components/schemas/Plain'", "a b")]
    public async Task A_body_is_flattened_where_that_means_the_same(string required, string schema, string arguments)
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                $"requestBody: {{ {required}, content: {{ application/json: {{ schema: {{ {schema} }} }} }} }}",
                $"schemas: {{ Plain: {{ {Plain} }} }}",
                method: "post"
            )
        );
        Assert.Equal(
            arguments.Split(' '),
            tool.Input().GetProperty("properties").EnumerateObject().Select(property => property.Name)
        );
        Assert.Equal(arguments == "body" ? "body" : null, tool.Body!.Argument);
        Assert.Equal(required == "required: true", tool.Body.Required);
    }

    [Fact]
    public async Task Names_that_coincide_get_the_name_of_their_place()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                """
                parameters: [
                  { name: id, in: header, schema: { type: string } }, { name: id, in: query, schema: { type: string } },
                  { name: id, in: path, required: true, schema: { type: string } }, { name: id, in: cookie, schema: { type: string } },
                  { name: 'filter[a]', in: query, schema: { type: string } }, { name: filter_a, in: query, schema: { type: string } },
                  { name: 'имя', in: query, schema: { type: string } } ],
                requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } } }
                """,
                path: "/things/{id}",
                method: "put"
            )
        );
        Assert.Equal(
            [
                "id=path id",
                "query_id=query id",
                "filter_a=query filter[a]",
                "query_filter_a=query filter_a",
                "argument=query имя",
                "header_id=header id",
                "cookie_id=cookie id",
                "body_id=body id",
            ],
            tool.Arguments!.Select(argument =>
                $"{argument.Key}={argument.Value.In.ToString().ToLowerInvariant()} {argument.Value.Name}"
            )
        );
    }

    [Theory]
    [InlineData("text/plain, application/xml, application/json", "application/json")]
    [InlineData(
        "multipart/form-data, application/vnd.api+json; charset=utf-8",
        "application/vnd.api+json; charset=utf-8"
    )]
    [InlineData("application/json-patch+json, application/merge-patch+json", "application/merge-patch+json")]
    [InlineData("application/xml, application/x-www-form-urlencoded", "application/x-www-form-urlencoded")]
    [InlineData("application/octet-stream, text/plain", "text/plain")]
    [InlineData("'*/*'", "application/json")]
    [InlineData("image/*", "application/octet-stream")]
    public async Task The_best_media_type_is_taken_and_recorded(string offered, string taken)
    {
        var names = offered.Split(", ");
        var result = await Importing.ImportAsync(
            Importing.Document(
                $"requestBody: {{ content: {{ {string.Join(", ", names.Select(name => $"{name}: {{ schema: {{ type: string }} }}"))} }} }}",
                method: "post"
            )
        );
        Assert.Equal(taken, result.Manifest!.Tools[0].Body!.ContentType);
        Assert.Equal(names.Length > 1, result.Findings.Any(finding => finding.RuleId == "media-type"));
    }

    [Theory]
    [InlineData(
        "application/xml",
        "schema: { type: object }",
        """{"type":"string","description":"An XML document."}"""
    )]
    [InlineData("text/csv", "schema: { type: string }", """{"type":"string"}""")]
    [InlineData(
        "application/jsonl",
        "itemSchema: { type: integer }",
        """{"type":"array","items":{"type":"integer"}}"""
    )]
    [InlineData("application/json", "schema: { type: array, items: true }", """{"type":"array","items":true}""")]
    public async Task Other_bodies_are_one_argument(string type, string content, string expected)
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                $"requestBody: {{ required: true, content: {{ {type}: {{ {content} }} }} }}",
                version: "3.2.0",
                method: "post"
            )
        );
        Importing.AssertJson(expected, tool.Argument("body"));
        Assert.Equal("body", tool.Input().GetProperty("required")[0].GetString());
    }

    [Fact]
    public async Task Bytes_are_a_file()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                "requestBody: { content: { image/png: { schema: { type: string, format: binary } } } }",
                method: "post"
            )
        );
        Assert.Equal(
            ["filename", "content_type", "text", "base64"],
            tool.Argument("body").GetProperty("properties").EnumerateObject().Select(property => property.Name)
        );
    }

    [Fact]
    public async Task Multipart_with_files_and_encoding()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                """
                requestBody: { required: true, content: { multipart/form-data: {
                  schema: { type: object, required: [avatar], properties: {
                    avatar: { type: string, format: binary }, pages: { type: array, items: { type: string, contentMediaType: image/png } },
                    any: {}, note: { type: string }, meta: { type: object }, tags: { type: array, items: { type: string } } } },
                  encoding: {
                    avatar: { contentType: image/png, headers: { X-Kind: { schema: { const: face } }, X-Free: { schema: { type: string } } } },
                    tags: { style: pipeDelimited }, meta: { contentType: application/json } } } } }
                """,
                method: "post"
            )
        );
        var parts = tool.Body!.Encoding;
        Assert.True(parts["avatar"].File && parts["pages"].File && parts["any"].File);
        Assert.Equal("image/png", parts["avatar"].ContentType);
        Assert.Equal("face", Assert.Single(parts["avatar"].Headers).Value);
        Assert.Equal(
            (ParameterStyle.Form, false, ArrayDelimiter.Pipe),
            (parts["tags"].Style, parts["tags"].Explode, parts["tags"].Delimiter)
        );
        Assert.Equal("application/json", parts["meta"].ContentType);
        Assert.Equal("array", tool.Argument("pages").GetProperty("type").GetString());
        Assert.True(
            tool.Argument("pages").GetProperty("items").GetProperty("properties").TryGetProperty("base64", out _)
        );
        Importing.AssertJson("""{"type":"string"}""", tool.Argument("note"));
    }

    [Fact]
    public async Task One_allowed_value_is_filled_in()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                """
                parameters: [
                  { name: Api-Version, in: header, required: true, schema: { type: string, enum: ['2'] } },
                  { name: v, in: query, required: true, schema: { const: 3 } },
                  { name: o, in: query, schema: { const: x } },
                  { name: l, in: path, required: true, style: label, schema: { const: x } } ],
                requestBody: { required: true, content: { application/json: { schema: { type: object, required: [kind], properties: { kind: { const: 1 }, name: { type: string } } } } } }
                """,
                path: "/things/{l}",
                method: "post"
            )
        );
        Assert.Equal(["l", "o", "name"], tool.Arguments!.Keys);
        Assert.Equal(
            ["Header Api-Version \"2\"", "Query v \"3\"", "Body kind 1"],
            tool.Fixed.Select(value => $"{value.In} {value.Name} {value.Value}")
                .Order(StringComparer.Ordinal)
                .OrderByDescending(text => text[0] == 'H')
                .ThenByDescending(text => text[0] == 'Q')
        );
    }

    [Theory]
    [InlineData("Accept")]
    [InlineData("content-type")]
    [InlineData("Authorization")]
    [InlineData("Host")]
    [InlineData("bad name")]
    public async Task Headers_that_no_caller_sets_are_no_arguments(string name)
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                $"parameters: [ {{ name: '{name}', in: header, required: true, schema: {{ type: string }} }} ]"
            )
        );
        Assert.Empty(result.Manifest!.Tools[0].Arguments!);
        Assert.Equal("reserved-header", Assert.Single(result.Findings).RuleId);
    }

    [Theory]
    [InlineData("''", "read as '*/*'", "application/json")]
    [InlineData("'*'", "read as '*/*'", "application/json")]
    [InlineData("xls", "ignored", null)]
    public async Task A_key_that_is_not_a_media_type_is_reported(string key, string words, string? contentType)
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                $"requestBody: {{ required: true, content: {{ {key}: {{ schema: {{ {Plain} }} }} }} }}",
                method: "post"
            )
        );
        var finding = Assert.Single(result.Findings, finding => finding.RuleId == "media-type-name");
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.Equal($"/paths/~1things/post/requestBody/content/{key.Trim('\'')}", finding.Pointer);
        Assert.Equal(contentType, result.Manifest!.Tools[0].Body?.ContentType);
    }

    [Fact]
    public async Task A_media_type_that_no_one_described_takes_any_value()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document("requestBody: { content: { application/json: } }", method: "post")
        );
        Assert.Equal(("application/json", "body"), (tool.Body!.ContentType, tool.Body.Argument));
        Importing.AssertJson("{}", tool.Argument("body"));
    }

    [Fact]
    public async Task An_encoding_for_what_is_not_a_property_is_ignored()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                """
                requestBody: { required: true, content: { application/x-www-form-urlencoded: {
                  schema: { type: object, properties: { a: { type: array, items: { type: string } } } },
                  encoding: { a: { explode: false }, gone: { explode: false } } } } }
                """,
                method: "post"
            )
        );
        Assert.Equal(["a"], tool.Body!.Encoding.Keys);
    }
}
