using System.Text.Json;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Tests.OpenApi.Schemas;

/// <summary>
/// <c>$dynamicRef</c>: a template means what the schema that fills it in says (JSON Schema 2020-12 section 8.2.3.2).
/// </summary>
public class DynamicReferenceTests
{
    private const string Templates = """
        schemas: {
          Page: { $id: 'https://s.test/page', type: object,
                  properties: { items: { type: array, items: { $dynamicRef: '#item' } }, next: { $ref: '#/components/schemas/Link' } },
                  $defs: { any: { $dynamicAnchor: item } } },
          Link: { type: string },
          Pet: { type: object, required: [name], properties: { name: { type: string } } },
          PetPage: { $id: 'https://s.test/pets', $ref: page, $defs: { item: { $dynamicAnchor: item, $ref: '#/components/schemas/Pet' } } },
          NamePage: { $id: 'https://s.test/names', $ref: page, $defs: { item: { $dynamicAnchor: item, type: string } } } }
        """;

    [Fact]
    public async Task A_template_is_filled_in_at_each_place_by_its_own_user()
    {
        var manifest = (await ImportAsync(Templates, "Page", "PetPage", "NamePage")).Manifest!;

        Assert.Equal(
            ["Link", "NamePage", "Page", "Pet", "PetPage", "any", "item"],
            manifest.Definitions.Keys.Order(StringComparer.Ordinal)
        );
        Importing.AssertJson("""{"type":"array","items":{"$ref":"#/definitions/any"}}""", Items(manifest, "Page"));
        Importing.AssertJson("""{"type":"array","items":{"$ref":"#/definitions/Pet"}}""", Items(manifest, "PetPage"));
        Importing.AssertJson("""{"type":"array","items":{"$ref":"#/definitions/item"}}""", Items(manifest, "NamePage"));
        Assert.True(ManifestReader.Read(ManifestWriter.ToUtf8(manifest), "m.yaml").IsValid);
    }

    [Theory]
    [InlineData("PetPage", """{"items":[{"name":"a"}]}""", true)]
    [InlineData("PetPage", """{"items":["a"]}""", false)]
    [InlineData("NamePage", """{"items":["a"]}""", true)]
    [InlineData("NamePage", """{"items":[{"name":"a"}]}""", false)]
    [InlineData("Page", """{"items":[1,"a",{}]}""", true)]
    public async Task Values_are_judged_as_the_specification_says(string schema, string value, bool isValid)
    {
        var manifest = (await ImportAsync(Templates, schema)).Manifest!;
        var compiled = JsonSchema.Compile(
            new SchemaBundler(manifest.Definitions).Bundle(manifest.Tools[0].InputSchema).ToElement()
        );
        Assert.Equal(isValid, compiled.IsValid(JsonElement.Parse($$"""{"a":{{value}}}""")));
    }

    [Fact]
    public async Task The_outermost_resource_on_the_way_decides()
    {
        var manifest = (
            await ImportAsync(
                """
                schemas: {
                  Inner: { $id: 'https://s.test/inner', type: object, properties: { x: { $dynamicRef: '#t' } }, $defs: { t: { $dynamicAnchor: t, type: boolean } } },
                  Middle: { $id: 'https://s.test/middle', type: object, properties: { inner: { $ref: inner } }, $defs: { t: { $dynamicAnchor: t, type: integer } } },
                  Outer: { $id: 'https://s.test/outer', type: object, properties: { middle: { $ref: middle } }, $defs: { t: { $dynamicAnchor: t, type: string } } } }
                """,
                "Outer",
                "Middle",
                "Inner"
            )
        ).Manifest!;
        Assert.Equal("string", TypeOf("a", "middle", "inner", "x"));
        Assert.Equal("integer", TypeOf("b", "inner", "x"));
        Assert.Equal("boolean", TypeOf("c", "x"));

        string? TypeOf(string argument, params string[] path)
        {
            var schema = Follow(manifest.Tools[0].Argument(argument));
            foreach (var property in path)
                schema = Follow(schema.GetProperty("properties").GetProperty(property));
            return schema.GetProperty("type").GetString();
        }

        JsonElement Follow(JsonElement schema) =>
            schema.TryGetProperty("$ref", out var reference)
                ? manifest.Definitions[reference.GetString()!["#/definitions/".Length..]].ToElement()
                : schema;
    }

    [Fact]
    public async Task A_tree_that_is_extended_holds_extended_nodes()
    {
        var manifest = (
            await ImportAsync(
                """
                schemas: {
                  Tree: { $id: 'https://s.test/tree', $dynamicAnchor: node, type: object, properties: { data: true, children: { type: array, items: { $dynamicRef: '#node' } } } },
                  StrictTree: { $id: 'https://s.test/strict-tree', $dynamicAnchor: node, $ref: tree, unevaluatedProperties: false } }
                """,
                "StrictTree",
                "Tree"
            )
        ).Manifest!;
        var compiled = JsonSchema.Compile(
            new SchemaBundler(manifest.Definitions).Bundle(manifest.Tools[0].InputSchema).ToElement()
        );
        Assert.True(compiled.IsValid(JsonElement.Parse("""{"a":{"children":[{"data":1}]}}""")));
        // The example of the specification: a misspelled word in a child of a strict tree.
        Assert.False(compiled.IsValid(JsonElement.Parse("""{"a":{"children":[{"daat":1}]}}""")));
        Assert.True(compiled.IsValid(JsonElement.Parse("""{"b":{"children":[{"daat":1}]}}""")));
    }

    [Fact]
    public async Task Without_an_anchor_where_it_leads_it_is_a_plain_reference()
    {
        var manifest = (
            await ImportAsync(
                "schemas: { A: { type: object, properties: { x: { $dynamicRef: '#/components/schemas/B' } } }, B: { type: string }, C: { $id: 'https://s.test/c', $dynamicAnchor: B } }",
                "A"
            )
        ).Manifest!;
        Importing.AssertJson(
            """{"$ref":"#/definitions/B"}""",
            manifest.Definitions["A"].ToElement().GetProperty("properties").GetProperty("x")
        );
    }

    [Fact]
    public async Task A_body_that_fills_a_template_in_is_one_argument()
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/PetPage' } } } }",
                Templates,
                method: "post"
            )
        );
        var tool = result.Manifest!.Tools.Single();
        Assert.Equal("body", tool.Body!.Argument);
        Importing.AssertJson("""{"$ref":"#/definitions/PetPage"}""", tool.Argument("body"));
    }

    private static JsonElement Items(ConnectorManifest manifest, string name) =>
        manifest.Definitions[name].ToElement().GetProperty("properties").GetProperty("items");

    private static Task<ImportResult> ImportAsync(string components, params string[] schemas)
    {
        var parameters = schemas.Select(
            (schema, index) =>
                $"{{ name: {(char)('a' + index)}, in: query, schema: {{ $ref: '#/components/schemas/{schema}' }} }}"
        );
        return Importing.ImportAsync(
            Importing.Document($"parameters: [ {string.Join(", ", parameters)} ]", components)
        );
    }
}
