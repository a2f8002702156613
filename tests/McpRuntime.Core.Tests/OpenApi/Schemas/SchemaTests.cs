using McpRuntime.Diagnostics;

namespace McpRuntime.Tests.OpenApi.Schemas;

/// <summary>Schemas of all versions as JSON Schema 2020-12.</summary>
public class SchemaTests
{
    [Theory]
    [InlineData("{ type: string, nullable: true }", """{"type":["string","null"]}""")]
    [InlineData("{ type: string, nullable: true, enum: [a] }", """{"type":["string","null"],"enum":["a",null]}""")]
    [InlineData(
        "{ nullable: true, allOf: [ { type: object } ] }",
        """{"anyOf":[{"allOf":[{"type":"object"}]},{"type":"null"}]}"""
    )]
    [InlineData(
        "{ nullable: true, type: object, description: D, oneOf: [ { required: [a] } ] }",
        """{"description":"D","anyOf":[{"type":"object","oneOf":[{"required":["a"]}]},{"type":"null"}]}"""
    )]
    [InlineData("{ nullable: true }", "{}")]
    [InlineData("{ type: integer, minimum: 1, exclusiveMinimum: true }", """{"type":"integer","exclusiveMinimum":1}""")]
    [InlineData("{ type: integer, maximum: 1, exclusiveMaximum: false }", """{"type":"integer","maximum":1}""")]
    [InlineData("{ type: number, example: 1.10 }", """{"type":"number","examples":[1.10]}""")]
    [InlineData("{ type: string, xml: { name: x }, externalDocs: { url: u }, x-a: 1 }", """{"type":"string"}""")]
    [InlineData("{ type: string, enum: [1, true, x] }", """{"type":"string","enum":["1","true","x"]}""")]
    [InlineData("{ type: file }", """{"type":"string"}""")]
    [InlineData("{ $ref: '#/components/schemas/Name', maxLength: 1 }", """{"$ref":"#/definitions/Name"}""")]
    [InlineData(
        "{ $ref: '#/components/schemas/Name', description: Given. }",
        """{"description":"Given.","$ref":"#/definitions/Name"}"""
    )]
    public Task Schemas_of_3_0(string schema, string expected) => AssertArgumentAsync("3.0.4", schema, expected);

    [Theory]
    [InlineData("{ type: [string, 'null'] }", """{"type":["string","null"]}""")]
    [InlineData("{ type: [string, string, wrong] }", """{"type":["string"]}""")]
    [InlineData("{ const: 1 }", """{"const":1}""")]
    [InlineData("{ exclusiveMinimum: 0.10 }", """{"exclusiveMinimum":0.10}""")]
    [InlineData(
        "{ type: array, prefixItems: [ true, { type: string } ], items: false }",
        """{"type":"array","prefixItems":[true,{"type":"string"}],"items":false}"""
    )]
    [InlineData(
        "{ type: array, items: [ { type: string } ], additionalItems: false }",
        """{"type":"array","prefixItems":[{"type":"string"}],"items":false}"""
    )]
    [InlineData("{ not: {}, if: true, then: false, else: true }", """{"not":{},"if":true,"then":false,"else":true}""")]
    [InlineData(
        "{ dependencies: { a: [b], c: { type: object } } }",
        """{"dependentRequired":{"a":["b"]},"dependentSchemas":{"c":{"type":"object"}}}"""
    )]
    [InlineData(
        "{ patternProperties: { '^x-': true }, propertyNames: { minLength: 1 } }",
        """{"patternProperties":{"^x-":true},"propertyNames":{"minLength":1}}"""
    )]
    [InlineData(
        "{ unevaluatedProperties: false, additionalProperties: { type: string } }",
        """{"unevaluatedProperties":false,"additionalProperties":{"type":"string"}}"""
    )]
    [InlineData(
        "{ contentMediaType: image/png, contentEncoding: base64 }",
        """{"contentMediaType":"image/png","contentEncoding":"base64"}"""
    )]
    [InlineData(
        "{ $ref: '#/components/schemas/Name', maxLength: 1 }",
        """{"allOf":[{"$ref":"#/definitions/Name"}],"maxLength":1}"""
    )]
    [InlineData("{ $comment: c, $defs: { A: true }, $schema: s, type: string }", """{"type":"string"}""")]
    [InlineData(
        "{ required: [a, a, 1], minLength: -1, minItems: 1.0, pattern: 5 }",
        """{"required":["a"],"minItems":1.0}"""
    )]
    [InlineData("{ enum: [], type: unknown, allOf: [] }", "{}")]
    [InlineData(
        "{ properties: { $ref: { type: string }, type: { type: integer } } }",
        """{"properties":{"$ref":{"type":"string"},"type":{"type":"integer"}}}"""
    )]
    [InlineData("{ default: { nullable: true, x-y: 1 } }", """{"default":{"nullable":true,"x-y":1}}""")]
    [InlineData(
        "{ maximum: 18446744073709551616, multipleOf: 0.1 }",
        """{"maximum":18446744073709551616,"multipleOf":0.1}"""
    )]
    [InlineData("{ pattern: '^[\\w-.]+\\!]$' }", """{"pattern":"^[\\w\\-.]+!\\]$"}""")]
    [InlineData("{ pattern: '(?i)x' }", "{}")]
    public Task Schemas_of_3_1(string schema, string expected) => AssertArgumentAsync("3.1.1", schema, expected);

    [Fact]
    public async Task A_boolean_schema_stays_one()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                "responses: { '200': { description: d, content: { application/json: { schema: { type: object, properties: { a: true, b: false } } } } } }"
            )
        );
        Importing.AssertJson("""{"type":"object","properties":{"a":true,"b":false}}""", tool.OutputSchema!.ToElement());
    }

    [Fact]
    public async Task A_discriminator_is_told_in_words()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                """
                requestBody: { required: true, content: { application/json: { schema: {
                  oneOf: [ { $ref: '#/components/schemas/Cat' } ],
                  discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat' } } } } } }
                """,
                "schemas: { Cat: { type: object, properties: { kind: { type: string } } } }",
                method: "post"
            )
        );
        Importing.AssertJson(
            """{"description":"The property 'kind' says which schema applies: cat (Cat).","oneOf":[{"$ref":"#/definitions/Cat"}],"discriminator":{"propertyName":"kind","mapping":{"cat":"#/definitions/Cat"}}}""",
            tool.Argument("body")
        );
    }

    [Fact]
    public async Task Read_only_leaves_the_input_and_write_only_the_output()
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                """
                requestBody: { required: true, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Owner' } } } } },
                responses: { '200': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Owner' } } } } }
                """,
                """
                schemas: {
                  Owner: { type: object, properties: { pet: { $ref: '#/components/schemas/Pet' }, plain: { $ref: '#/components/schemas/Plain' } } },
                  Plain: { type: object, properties: { a: { type: string } } },
                  Id: { type: integer, readOnly: true },
                  Pet: { type: object, required: [id, name, secret, seen], properties: {
                    id: { $ref: '#/components/schemas/Id' }, seen: { allOf: [ { type: string }, { readOnly: true } ] },
                    name: { type: string }, secret: { type: string, writeOnly: true } } } }
                """,
                method: "post"
            )
        );
        var definitions = result.Manifest!.Definitions;
        Assert.Equal(["Id", "Owner", "Owner-input", "Pet", "Pet-input", "Plain"], definitions.Keys);
        Importing.AssertJson(
            """{"type":"object","required":["name","secret"],"properties":{"name":{"type":"string"},"secret":{"type":"string","writeOnly":true}}}""",
            definitions["Pet-input"].ToElement()
        );
        Importing.AssertJson(
            """{"type":"object","properties":{"pet":{"$ref":"#/definitions/Pet-input"},"plain":{"$ref":"#/definitions/Plain"}}}""",
            definitions["Owner-input"].ToElement()
        );
        Importing.AssertJson(
            """{"type":"object","properties":{"pet":{"$ref":"#/definitions/Pet"},"plain":{"$ref":"#/definitions/Plain"}}}""",
            definitions["Owner"].ToElement()
        );
        Assert.DoesNotContain("secret", definitions["Pet"].ToString(), StringComparison.Ordinal);
        Assert.Contains("\"id\"", definitions["Pet"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Required_names_of_a_composed_object_follow_its_read_only_properties()
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                """
                requestBody: { content: { application/json: { schema: { type: array, items: { allOf: [
                  { type: object, properties: { id: { type: string, readOnly: true }, a: { type: string } } }, { required: [id, a] } ] } } } } }
                """,
                method: "post"
            )
        );
        Assert.Contains(
            """{"required":["a"]}""",
            result.Manifest!.Tools[0].InputSchema.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Words_of_others_are_cleaned()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                """parameters: [ { name: a, in: query, schema: { type: string, title: "T\u202E", description: "Safe<!-- not -->\u200B text" } } ]"""
            )
        );
        Importing.AssertJson("""{"type":"string","title":"T","description":"Safe text"}""", tool.Argument("a"));
    }

    [Fact]
    public async Task A_keyword_with_an_impossible_value_is_left_out_and_reported()
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                "parameters: [ { name: a, in: query, schema: { type: object, properties: { b: { minLength: many } } } } ]"
            )
        );
        var finding = Assert.Single(result.Findings);
        Assert.Equal(
            (
                FindingSeverity.Warning,
                "schema-keyword",
                "/paths/~1things/get/parameters/0/schema/properties/b/minLength"
            ),
            (finding.Severity, finding.RuleId, finding.Pointer)
        );
        Assert.NotNull(finding.Line);
    }

    private static async Task AssertArgumentAsync(string version, string schema, string expected)
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                $"parameters: [ {{ name: a, in: query, schema: {schema} }} ]",
                "schemas: { Name: { type: string } }",
                version
            )
        );
        Importing.AssertJson(expected, tool.Argument("a"));
    }
}
