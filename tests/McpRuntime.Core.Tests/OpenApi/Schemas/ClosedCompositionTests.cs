using McpRuntime.Manifests;
using McpRuntime.Tests.Calls;

namespace McpRuntime.Tests.OpenApi.Schemas;

/// <summary>
/// Schemas that describe one object together and forbid each other's properties: what reaches the API.
/// </summary>
public class ClosedCompositionTests
{
    private const string Inheritance = """
        schemas: {
          Animal: { type: object, additionalProperties: false, required: [kind], properties: { kind: { type: string }, name: { type: string } } },
          Mammal: { allOf: [ { $ref: '#/components/schemas/Animal' }, { type: object, additionalProperties: false, properties: { legs: { type: integer } } } ] },
          Dog: { allOf: [ { $ref: '#/components/schemas/Mammal' }, { type: object, additionalProperties: false, required: [barks], properties: { barks: { type: boolean } } } ],
            discriminator: { propertyName: kind, mapping: { Dog: '#/components/schemas/Dog' } } },
          Kennel: { type: object, properties: { dogs: { type: array, items: { $ref: '#/components/schemas/Dog' } } } } }
        """;

    [Fact]
    public async Task Two_levels_of_closed_inheritance_are_arguments()
    {
        var (manifest, tool) = await ImportAsync("$ref: '#/components/schemas/Dog'", Inheritance);
        Assert.Equal(["kind", "name", "legs", "barks"], tool.Arguments!.Keys);
        Assert.Equal(
            """{"kind":"Dog","legs":4,"barks":true}""",
            await BodyAsync(manifest, tool, """{"kind":"Dog","legs":4,"barks":true}""")
        );
    }

    [Theory]
    [InlineData("3.0.3")]
    [InlineData("3.1.1")]
    public async Task Nested_ones_are_closed_as_a_whole(string version)
    {
        var (manifest, tool) = await ImportAsync("$ref: '#/components/schemas/Kennel'", Inheritance, version);
        Importing.AssertJson(
            """
            {"description":"The property 'kind' says which schema applies: Dog (Dog).",
             "allOf":[{"$ref":"#/definitions/Mammal-open"},{"type":"object","required":["barks"],"properties":{"barks":{"type":"boolean"}}}],
             "unevaluatedProperties":false}
            """,
            manifest.Definitions["Dog"].ToElement()
        );
        Importing.AssertJson(
            """{"allOf":[{"$ref":"#/definitions/Animal-open"},{"type":"object","properties":{"legs":{"type":"integer"}}}]}""",
            manifest.Definitions["Mammal-open"].ToElement()
        );
        const string Dogs = """{"dogs":[{"kind":"Dog","name":"Rex","legs":4,"barks":true}]}""";
        Assert.Equal(Dogs, await BodyAsync(manifest, tool, Dogs));
        Assert.True(Schema(manifest, tool).IsValid(System.Text.Json.JsonElement.Parse(Dogs)));
        Assert.False(
            Schema(manifest, tool)
                .IsValid(System.Text.Json.JsonElement.Parse("""{"dogs":[{"kind":"Dog","barks":true,"wings":2}]}"""))
        );
    }

    [Theory]
    // The parent forbids what the branches describe.
    [InlineData(
        "additionalProperties: false, oneOf: [ { properties: { x: { type: integer } } }, { properties: { y: { type: integer } } } ]",
        """{"y":1}""",
        """{"z":1}"""
    )]
    [InlineData(
        "properties: { k: {} }, additionalProperties: false, anyOf: [ { properties: { x: {} } }, { properties: { y: {} } } ]",
        """{"k":1,"x":2}""",
        """{"z":1}"""
    )]
    // The branches forbid what the parent describes.
    [InlineData(
        "properties: { k: {} }, required: [k], oneOf: [ { properties: { x: {} }, required: [x], additionalProperties: false }, { properties: { y: {} }, required: [y], additionalProperties: { not: {} } } ]",
        """{"k":1,"x":2}""",
        """{"k":1,"x":2,"z":3}"""
    )]
    [InlineData(
        "properties: { k: {} }, additionalProperties: false, allOf: [ { $ref: '#/components/schemas/Named' } ]",
        """{"k":1,"name":"n"}""",
        """{"z":1}"""
    )]
    [InlineData(
        "properties: { k: {} }, unevaluatedProperties: false, allOf: [ { $ref: '#/components/schemas/Named' }, { properties: { b: {} }, unevaluatedProperties: false } ]",
        """{"k":1,"name":"n","b":2}""",
        """{"z":1}"""
    )]
    [InlineData("$ref: '#/components/schemas/Named', properties: { k: {} }", """{"k":1,"name":"n"}""", """{"z":1}""")]
    public async Task What_one_schema_describes_another_does_not_forbid(string schema, string good, string bad)
    {
        var (manifest, tool) = await ImportAsync(
            $"type: array, items: {{ {schema} }}",
            "schemas: { Named: { type: object, properties: { name: { type: string } }, additionalProperties: false } }"
        );
        Assert.Equal($"[{good}]", await BodyAsync(manifest, tool, $$"""{"body":[{{good}}]}"""));
        Assert.False(Schema(manifest, tool).IsValid(System.Text.Json.JsonElement.Parse($$"""{"body":[{{bad}}]}""")));
    }

    // Generators write the type of a dictionary into a base, and heirs have properties of other types.
    private const string Dictionaries = """
        schemas: {
          Base: { type: object, properties: { givenName: { type: string } }, additionalProperties: { type: object, description: Anything. } },
          Profile: { type: object, properties: { password: { type: string } }, required: [password], additionalProperties: { $ref: '#/components/schemas/Any' } },
          Any: { type: object },
          User: { type: object, allOf: [ { $ref: '#/components/schemas/Base' } ], required: [displayName, profile],
            properties: { displayName: { type: string }, mail: { type: string, nullable: true }, profile: { $ref: '#/components/schemas/Profile' } } } }
        """;

    [Theory]
    [InlineData("3.0.3")]
    [InlineData("3.1.1")]
    public async Task Properties_of_an_heir_do_not_have_the_type_of_further_ones_in_its_base(string version)
    {
        var (manifest, tool) = await ImportAsync("$ref: '#/components/schemas/User'", Dictionaries, version);
        Importing.AssertJson(
            """{"type":"object","properties":{"givenName":{"type":"string"}}}""",
            manifest.Definitions["Base-open"].ToElement()
        );
        Importing.AssertJson(
            """{"description":"Anything.","type":"object"}""",
            manifest.Definitions["User"].ToElement().GetProperty("unevaluatedProperties")
        );
        Importing.AssertJson(
            """{"$ref":"#/definitions/Any"}""",
            manifest.Definitions["Profile"].ToElement().GetProperty("additionalProperties")
        );
        const string User =
            """{"displayName":"Ada","profile":{"password":"p","extra":{}},"givenName":"A","further":{"a":1}}""";
        Assert.Equal(User, await BodyAsync(manifest, tool, $$"""{"body":{{User}}}"""));
        Assert.True(Schema(manifest, tool).IsValid(System.Text.Json.JsonElement.Parse($$"""{"body":{{User}}}""")));
        Assert.False(
            Schema(manifest, tool)
                .IsValid(
                    System.Text.Json.JsonElement.Parse(
                        """{"body":{"displayName":"Ada","profile":{"password":"p"},"further":1}}"""
                    )
                )
        );
    }

    [Theory]
    // Two bases with different dictionaries.
    [InlineData(
        "allOf: [ { properties: { a: {} }, additionalProperties: { type: integer } }, { properties: { b: { type: string } }, additionalProperties: { maximum: 9 } } ]",
        """{"a":{},"b":"x","c":5}""",
        """{"c":10}"""
    )]
    // One of them forbids what the other takes.
    [InlineData(
        "allOf: [ { properties: { a: { type: boolean } }, additionalProperties: false }, { properties: { b: { type: string } }, additionalProperties: { type: integer } } ]",
        """{"a":true,"b":"x","c":5}""",
        """{"c":"x"}"""
    )]
    // In a branch.
    [InlineData(
        "type: object, properties: { id: { type: string } }, required: [id], oneOf: [ { properties: { n: { type: integer } }, additionalProperties: { type: integer } }, { properties: { s: { type: string } }, required: [s], additionalProperties: { type: integer } } ]",
        """{"id":"i","s":"x","more":1}""",
        """{"s":"x"}"""
    )]
    [InlineData(
        "type: object, properties: { id: { type: integer } }, additionalProperties: { type: integer }, anyOf: [ { properties: { s: { type: string } } }, { properties: { t: { type: boolean } } } ]",
        """{"id":1,"s":"x","more":1}""",
        """{"id":1,"s":"x","more":"no"}"""
    )]
    public async Task Types_of_further_properties_are_those_of_the_whole(string schema, string good, string bad)
    {
        var (manifest, tool) = await ImportAsync($"type: array, items: {{ {schema} }}", "schemas: { Unused: true }");
        Assert.Equal($"[{good}]", await BodyAsync(manifest, tool, $$"""{"body":[{{good}}]}"""));
        Assert.True(Schema(manifest, tool).IsValid(System.Text.Json.JsonElement.Parse($$"""{"body":[{{good}}]}""")));
        Assert.False(Schema(manifest, tool).IsValid(System.Text.Json.JsonElement.Parse($$"""{"body":[{{bad}}]}""")));
    }

    [Theory]
    [InlineData("{ propertyName: kind }")]
    [InlineData("{ propertyName: kind, mapping: { cat: '#/components/schemas/Cat' } }")]
    public async Task Heirs_may_be_given_for_a_base_with_a_discriminator_and_a_dictionary(string discriminator)
    {
        var (manifest, tool) = await ImportAsync(
            "type: object, properties: { pet: { $ref: '#/components/schemas/Pet' } }",
            $$"""
            schemas: {
              Pet: { type: object, additionalProperties: { type: object }, required: [kind], properties: { kind: { type: string } }, discriminator: {{discriminator}} },
              Cat: { allOf: [ { $ref: '#/components/schemas/Pet' }, { properties: { lives: { type: integer } } } ] } }
            """
        );
        const string Body = """{"pet":{"kind":"cat","lives":9}}""";
        Assert.True(Schema(manifest, tool).IsValid(System.Text.Json.JsonElement.Parse(Body)));
        Assert.Equal(Body, await BodyAsync(manifest, tool, Body));
    }

    [Theory]
    [InlineData(
        "allOf: [ { properties: { a: {} }, additionalProperties: { type: string } }, { properties: { b: { type: string } } } ]"
    )]
    [InlineData(
        "allOf: [ { properties: { a: {} }, additionalProperties: { type: string } }, { properties: { a: { type: integer } } } ]"
    )]
    [InlineData(
        "anyOf: [ { properties: { a: {} }, additionalProperties: { type: string } }, { properties: { b: { type: integer } } } ]"
    )]
    [InlineData(
        "properties: { a: {}, b: {} }, additionalProperties: false, anyOf: [ { required: [a] }, { required: [b] } ]"
    )]
    [InlineData("allOf: [ { properties: { a: {} }, additionalProperties: false }, { required: [a] } ]")]
    [InlineData(
        "oneOf: [ { properties: { a: {} }, additionalProperties: false }, { properties: { b: {} }, additionalProperties: false } ]"
    )]
    public async Task What_does_not_contradict_itself_stays(string schema)
    {
        var result = await Importing.ImportAsync(Document($"type: array, items: {{ {schema} }}", ""));
        Assert.Empty(result.Findings);
        Assert.Contains(
            "additionalProperties",
            result.Manifest!.Tools[0].Argument("body").GetProperty("items").GetRawText(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_closed_object_does_not_require_what_it_may_not_have()
    {
        var (manifest, tool) = await ImportAsync(
            "type: object, required: [a, gone], properties: { a: { type: object, additionalProperties: false, required: [b, lost], properties: { b: {} } } }, additionalProperties: false",
            ""
        );
        Assert.Equal("""{"a":{"b":1}}""", await BodyAsync(manifest, tool, """{"a":{"b":1}}"""));
    }

    [Fact]
    public async Task Heirs_of_a_closed_base_that_a_discriminator_names_may_be_given_for_it()
    {
        var (manifest, tool) = await ImportAsync(
            "$ref: '#/components/schemas/Pet'",
            """
            schemas: {
              Pet: { type: object, additionalProperties: false, required: [kind], properties: { kind: { type: string } },
                discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat' } } },
              Cat: { allOf: [ { $ref: '#/components/schemas/Pet' }, { properties: { lives: { type: integer } } } ] } }
            """
        );
        Assert.Equal(
            """{"kind":"cat","lives":9}""",
            await BodyAsync(manifest, tool, """{"body":{"kind":"cat","lives":9}}""")
        );
    }

    private static string Document(string schema, string components, string version = "3.1.1") =>
        Importing.Document(
            $"requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ {schema} }} }} }} }}",
            components,
            version,
            method: "post"
        );

    private static async Task<(ConnectorManifest Manifest, ToolManifest Tool)> ImportAsync(
        string schema,
        string components,
        string version = "3.1.1"
    )
    {
        var result = await Importing.ImportAsync(Document(schema, components, version));
        Assert.Contains(result.Findings, finding => finding.RuleId == "schema-repair");
        return (result.Manifest!, Assert.Single(result.Manifest!.Tools));
    }

    private static McpRuntime.Json.Schemas.Compilation.JsonSchema Schema(
        ConnectorManifest manifest,
        ToolManifest tool
    ) =>
        McpRuntime.Json.Schemas.Compilation.JsonSchema.Compile(
            new SchemaBundler(manifest.Definitions).Bundle(tool.InputSchema).ToElement()
        );

    private static async Task<string> BodyAsync(ConnectorManifest manifest, ToolManifest tool, string arguments)
    {
        await using var bench = CallBench.Start();
        bench.Connector = manifest with { BaseUrl = "" };
        return (await bench.SendAsync(tool, arguments)).BodyText;
    }
}
