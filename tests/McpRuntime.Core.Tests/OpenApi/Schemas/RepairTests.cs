using System.Text.Json.Nodes;
using McpRuntime.Diagnostics;

namespace McpRuntime.Tests.OpenApi.Schemas;

/// <summary>Keywords of a schema that exclude each other: what is written, and that it is reported.</summary>
public class RepairTests
{
    [Theory]
    [InlineData("{ type: int, enum: [0, 1] }", """{"type":"integer","enum":[0,1]}""")]
    [InlineData("{ type: INTEGER }", """{"type":"integer"}""")]
    [InlineData("{ type: float, default: '1.5' }", """{"type":"number","format":"float","default":1.5}""")]
    [InlineData("{ type: date, format: iso }", """{"type":"string","format":"iso"}""")]
    [InlineData("{ type: datetime }", """{"type":"string","format":"date-time"}""")]
    [InlineData("{ type: any, description: D }", """{"description":"D"}""")]
    [InlineData("{ type: 'string[]' }", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData(
        "{ type: 'List<Integer>', minItems: 1 }",
        """{"type":"array","minItems":1,"items":{"type":"integer"}}"""
    )]
    [InlineData("{ type: 'string|null' }", """{"type":["string","null"]}""")]
    [InlineData("{ type: [Int, 'null'] }", """{"type":["integer","null"]}""")]
    [InlineData("{ type: 'null', anyOf: [ { type: string } ] }", """{"anyOf":[{"type":"string"}]}""")]
    public Task Words_that_are_not_types(string schema, string expected) => AssertAsync(schema, expected);

    [Theory]
    [InlineData("{ type: null }", "{}")]
    [InlineData("{ type: null, enum: [a] }", """{"enum":["a"]}""")]
    [InlineData("{ type: null, properties: { a: { type: string } } }", """{"properties":{"a":{"type":"string"}}}""")]
    [InlineData(
        "{ oneOf: [ { type: string }, { type: null, minimum: 1 } ] }",
        """{"oneOf":[{"type":"string"},{"minimum":1}]}"""
    )]
    [InlineData("{ type: array, items: { type: null } }", """{"type":"array","items":{}}""")]
    public Task Null_is_not_the_name_of_a_type(string schema, string expected) => AssertAsync(schema, expected);

    [Fact]
    public async Task Null_alone_in_a_branch_or_in_a_list_is_the_type_from_3_1_on()
    {
        await AssertAsync(
            "{ anyOf: [ { type: string }, { description: None., type: null } ] }",
            """{"anyOf":[{"type":"string"},{"description":"None.","type":"null"}]}""",
            isReported: false
        );
        await AssertAsync("{ type: [string, null] }", """{"type":["string","null"]}""", isReported: false);
        await AssertAsync(
            "{ anyOf: [ { type: string }, { type: null } ] }",
            """{"anyOf":[{"type":"string"},{}]}""",
            version: "3.0.3"
        );
    }

    [Theory]
    [InlineData(
        "{ type: array, enum: [a, b], items: { type: string, maxLength: 1 } }",
        """{"type":"array","items":{"type":"string","maxLength":1,"enum":["a","b"]}}"""
    )]
    [InlineData("{ type: array, enum: [a, b] }", """{"type":"array","items":{"enum":["a","b"]}}""")]
    [InlineData(
        "{ type: array, enum: ['1', '2'], items: { type: integer } }",
        """{"type":"array","items":{"type":"integer","enum":[1,2]}}"""
    )]
    [InlineData(
        "{ type: array, enum: [a], items: { $ref: '#/components/schemas/Name' } }",
        """{"type":"array","items":{"allOf":[{"$ref":"#/definitions/Name"}],"enum":["a"]}}"""
    )]
    [InlineData(
        "{ type: array, enum: [[a, b]], items: { type: string } }",
        """{"type":"array","items":{"type":"string","enum":["a","b"]}}"""
    )]
    [InlineData(
        "{ type: [array, 'null'], enum: [a, null], items: {} }",
        """{"type":["array","null"],"items":{"enum":["a"]}}"""
    )]
    [InlineData(
        "{ type: array, enum: [a, b], items: { type: string, enum: [a] } }",
        """{"type":"array","items":{"type":"string","enum":["a"]}}"""
    )]
    [InlineData(
        "{ type: array, default: a, items: { type: string } }",
        """{"type":"array","default":["a"],"items":{"type":"string"}}"""
    )]
    public Task The_enum_of_an_array_is_about_its_items(string schema, string expected) =>
        AssertAsync(schema, expected);

    [Fact]
    public Task An_enum_of_several_whole_arrays_stays() =>
        AssertAsync(
            "{ type: array, enum: [[a], [b]] }",
            """{"type":"array","enum":[["a"],["b"]]}""",
            isReported: false
        );

    [Theory]
    [InlineData("{ type: integer, enum: ['1', '2', x] }", """{"type":"integer","enum":[1,2]}""")]
    [InlineData(
        "{ type: boolean, enum: ['true', 'False'], default: 'true' }",
        """{"type":"boolean","enum":[true,false],"default":true}"""
    )]
    [InlineData("{ type: number, const: '1.50' }", """{"type":"number","const":1.50}""")]
    [InlineData("{ type: string, const: 5 }", """{"type":"string","const":"5"}""")]
    [InlineData("{ type: integer, enum: [asc, desc] }", """{"enum":["asc","desc"]}""")]
    [InlineData("{ type: object, enum: [a, b] }", """{"enum":["a","b"]}""")]
    [InlineData("{ type: string, enum: [a, null] }", """{"type":["string","null"],"enum":["a",null]}""")]
    [InlineData("{ type: string, default: null }", """{"type":"string"}""")]
    [InlineData("{ type: string, enum: [a, b], default: c }", """{"type":"string","enum":["a","b"]}""")]
    [InlineData("{ type: integer, minimum: 1, default: 0 }", """{"type":"integer","minimum":1}""")]
    [InlineData("{ type: object, default: none }", """{"type":"object"}""")]
    [InlineData("{ const: a, enum: [b] }", """{"const":"a"}""")]
    [InlineData("{ type: string, enum: [long], maxLength: 2 }", """{"type":"string","enum":["long"]}""")]
    public Task Values_that_the_type_excludes(string schema, string expected) => AssertAsync(schema, expected);

    [Theory]
    [InlineData("{ type: string, minLength: 10, maxLength: 5 }", """{"type":"string"}""")]
    [InlineData("{ type: array, minItems: 2, maxItems: 1, items: {} }", """{"type":"array","items":{}}""")]
    [InlineData("{ minProperties: 2, maxProperties: 1 }", "{}")]
    [InlineData("{ type: integer, minimum: 5, maximum: 1, multipleOf: 2 }", """{"type":"integer","multipleOf":2}""")]
    [InlineData("{ type: integer, minimum: 5, maximum: 5, exclusiveMaximum: true }", """{"type":"integer"}""")]
    [InlineData("{ type: integer, exclusiveMinimum: 5, maximum: 5 }", """{"type":"integer"}""")]
    public Task Bounds_between_which_nothing_is(string schema, string expected) => AssertAsync(schema, expected);

    [Theory]
    [InlineData("/^[a-z0-9-]+$/", "^[a-z0-9-]+$")]
    [InlineData("/^[A-Z]{2}$/i", "^[A-Za-z]{2}$")]
    [InlineData(@"/^(?<k>x\d|\w)[^a]\p{L}$/gi", @"^(?<k>[xX]\d|\w)[^aA]\p{L}$")]
    [InlineData("#^\\d+$#", "^\\d+$")]
    [InlineData("'^a$'", "^a$")]
    [InlineData("/[0-9]+/", "[0-9]+")]
    [InlineData("/^.$/s", null)]
    [InlineData("yyyy-MM-dd", null)]
    [InlineData("date-time", null)]
    public Task Patterns_as_they_are_written_in_code(string pattern, string? expected) =>
        AssertAsync(
            $$"""{ type: string, pattern: "{{pattern.Replace("\\", "\\\\", StringComparison.Ordinal)}}" }""",
            expected is null
                ? """{"type":"string"}"""
                : $$"""{"type":"string","pattern":"{{expected.Replace("\\", "\\\\", StringComparison.Ordinal)}}"}"""
        );

    [Theory]
    [InlineData(@"\A\d{4}\Z", @"^\d{4}$", "'^' in place of '\\A' and '$' in place of '\\Z'")]
    [InlineData(@"[a-z]+\z", "[a-z]+$", "'$' in place of '\\z'")]
    [InlineData(@"(?P<y>\d)(?P<m>\d)", @"(?<y>\d)(?<m>\d)", "'(?<' in place of '(?P<'")]
    [InlineData(
        @"/^[a-z]+\z/i",
        "^[a-zA-Z]+$",
        "without its delimiters and is read with '$' in place of '\\z' and matches both cases"
    )]
    public async Task Patterns_of_other_engines_are_read_as_they_are_meant(string pattern, string expected, string said)
    {
        var schema =
            $"{{ type: object, additionalProperties: {{ pattern: '{pattern}' }}, patternProperties: {{ '{pattern}': {{ type: string }} }} }}";
        var result = await Importing.ImportAsync(
            Importing.Document($"parameters: [ {{ name: a, in: query, schema: {schema} }} ]")
        );
        Importing.AssertJson(
            new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = new JsonObject { ["pattern"] = expected },
                ["patternProperties"] = new JsonObject { [expected] = new JsonObject { ["type"] = "string" } },
            }.ToJsonString(),
            Assert.Single(result.Manifest!.Tools).Argument("a")
        );
        Assert.Equal(2, result.Findings.Count);
        Assert.All(result.Findings, finding => Assert.Equal("schema-repair", finding.RuleId));
        Assert.All(result.Findings, finding => Assert.Contains(said, finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_needless_backslash_is_not_worth_a_word() =>
        await AssertAsync(
            @"{ type: string, pattern: ""^[\\w-.]+\\!$"" }",
            """{"type":"string","pattern":"^[\\w\\-.]+!$"}""",
            isReported: false
        );

    [Theory]
    [InlineData("/orgs/.+/members/")]
    [InlineData("/abc/")]
    [InlineData("#[0-9a-f]{6}#")]
    public Task Patterns_about_slashes_stay(string pattern) =>
        AssertAsync(
            $$"""{ type: string, pattern: "{{pattern}}" }""",
            $$"""{"type":"string","pattern":"{{pattern}}"}""",
            isReported: false
        );

    [Theory]
    [InlineData(
        "{ $ref: '#/components/schemas/Name', example: x, title: T, deprecated: true, readOnly: true }",
        """{"$ref":"#/definitions/Name"}"""
    )]
    [InlineData(
        "{ description: D, default: d, $ref: '#/components/schemas/Name' }",
        """{"description":"D","default":"d","$ref":"#/definitions/Name"}"""
    )]
    [InlineData(
        "{ $ref: '#/components/schemas/Name', pattern: a, title: T }",
        """{"allOf":[{"$ref":"#/definitions/Name"}],"pattern":"a","title":"T"}"""
    )]
    [InlineData(
        "{ $ref: '#/components/schemas/Name', allOf: [ { minLength: 1 } ] }",
        """{"allOf":[{"$ref":"#/definitions/Name"},{"minLength":1}]}"""
    )]
    public Task Nothing_but_description_and_default_is_next_to_a_reference(string schema, string expected) =>
        AssertAsync(schema, expected, isReported: false);

    [Fact]
    public Task Nullable_next_to_a_reference_means_null() =>
        AssertAsync(
            "{ $ref: '#/components/schemas/Name', nullable: true, description: D }",
            """{"description":"D","anyOf":[{"$ref":"#/definitions/Name"},{"type":"null"}]}""",
            version: "3.0.3"
        );

    [Fact]
    public async Task Swagger_2_0_and_JSON_are_repaired_alike()
    {
        var result = await Importing.ImportAsync(
            """
            {"swagger":"2.0","info":{"title":"T","version":"1"},"host":"a.test","paths":{"/x":{"post":{
              "consumes":["application/x-www-form-urlencoded"],
              "parameters":[
                {"name":"status","in":"query","type":"array","enum":["on","off"],"items":{"type":"string"},"collectionFormat":"csv"},
                {"name":"level","in":"formData","type":"Integer","enum":["1","2"],"default":"1"},
                {"name":"code","in":"header","type":"string","pattern":"/^[a-f]+$/i"}],
              "responses":{"200":{"description":"ok"}}}}}}
            """
        );
        var tool = Assert.Single(result.Manifest!.Tools);
        Importing.AssertJson(
            """{"type":"array","items":{"type":"string","enum":["on","off"]}}""",
            tool.Argument("status")
        );
        Importing.AssertJson("""{"type":"integer","enum":[1,2],"default":1}""", tool.Argument("level"));
        Importing.AssertJson("""{"type":"string","pattern":"^[a-fA-F]+$"}""", tool.Argument("code"));
        Assert.Equal(
            [
                "/paths/~1x/post/parameters/0/enum",
                "/paths/~1x/post/parameters/1/default",
                "/paths/~1x/post/parameters/1/enum",
                "/paths/~1x/post/parameters/1/type",
                "/paths/~1x/post/parameters/2/pattern",
            ],
            result.Findings.Select(finding => finding.Pointer).Order(StringComparer.Ordinal)
        );
    }

    private static async Task AssertAsync(
        string schema,
        string expected,
        bool isReported = true,
        string version = "3.1.1"
    )
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                $"parameters: [ {{ name: a, in: query, schema: {schema} }} ]",
                "schemas: { Name: { type: string } }",
                version
            )
        );
        Importing.AssertJson(expected, result.Manifest!.Tools[0].Argument("a"));
        Assert.Equal(
            isReported,
            result.Findings.Any(finding =>
                finding is { RuleId: "schema-repair", Severity: FindingSeverity.Warning, Line: not null }
            )
        );
    }
}
