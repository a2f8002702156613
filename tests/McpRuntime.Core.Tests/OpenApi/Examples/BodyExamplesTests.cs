using System.Text.Json;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Examples;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>Examples of request bodies become examples of a tool's arguments.</summary>
public class BodyExamplesTests(ITestOutputHelper output)
{
    private const string Issue =
        "{ type: object, required: [title], properties: { title: { type: string }, labels: { type: array, items: { type: string } }, priority: { type: integer } } }";

    [Theory]
    [InlineData("example: { title: Bug }", """[{"owner":"OWNER","title":"Bug"}]""")]
    // Shortest first; a third would say what the first does.
    [InlineData(
        "examples: { a: { value: { title: A longer one, labels: [x] } }, b: { value: { title: Bug } }, c: { value: { title: Other bug } } }",
        """[{"owner":"OWNER","title":"Bug"},{"owner":"OWNER","title":"A longer one","labels":["x"]}]"""
    )]
    [InlineData("""example: '{"title":"Text"}'""", """[{"owner":"OWNER","title":"Text"}]""")]
    // One that the tool would refuse, or that has what the body does not have.
    [InlineData("example: { title: Bug, priority: high }", "[]")]
    [InlineData("example: { title: Bug, wings: 2 }", "[]")]
    [InlineData("example: { labels: [x] }", "[]")]
    [InlineData("example: { title: 'ghp_0123456789abcdef' }", "[]")]
    public async Task An_example_of_the_media_type_becomes_arguments(string example, string expected) =>
        Assert.Equal(
            expected,
            await ExamplesAsync(
                "parameters: [ { name: owner, in: path, required: true, schema: { type: string } } ], "
                    + $"requestBody: {{ required: true, content: {{ application/json: {{ schema: {Issue}, {example} }} }} }}"
            )
        );

    [Theory]
    [InlineData("{ type: object, properties: { a: { type: string } }, example: { a: x } }", """[{"a":"x"}]""")]
    [InlineData(
        "{ type: object, required: [a, b], properties: { a: { type: string, example: x }, b: { enum: [one, two] }, c: { type: string, example: y } } }",
        """[{"a":"x","b":"one"}]"""
    )]
    // Not all that is required has one.
    [InlineData(
        "{ type: object, required: [a, b], properties: { a: { type: string, example: x }, b: { type: string } } }",
        "[]"
    )]
    [InlineData(
        "{ type: object, properties: { a: { type: string }, b: { type: integer, example: 3 } } }",
        """[{"b":3}]"""
    )]
    [InlineData(
        "{ type: object, required: [pet], properties: { pet: { type: object, required: [name, tags], properties: { name: { type: string, example: Rex }, tags: { type: array, items: { type: string, example: good } } } } } }",
        """[{"pet":{"name":"Rex","tags":["good"]}}]"""
    )]
    [InlineData("{ type: object, properties: { password: { type: string, example: hunter2 } } }", "[]")]
    [InlineData("{ type: object, properties: { a: { type: string, enum: [x] } } }", "[]")]
    public async Task Examples_of_a_schema_and_its_properties_become_arguments(string schema, string expected) =>
        Assert.Equal(
            expected,
            await ExamplesAsync(
                $"requestBody: {{ required: true, content: {{ application/json: {{ schema: {schema} }} }} }}"
            )
        );

    [Theory]
    [InlineData("client_secret", "x", true)]
    [InlineData("accessToken", "x", true)]
    [InlineData("api-keys", "x", true)]
    [InlineData("passwordHash", "x", true)]
    [InlineData("note", "sk_live_1", true)]
    [InlineData("secret_name", "x", false)]
    [InlineData("token_type", "x", false)]
    [InlineData("max_tokens", 5, false)]
    [InlineData("note", "x", false)]
    public void What_is_named_or_looks_like_a_secret_is_known(string name, object value, bool isSecret) =>
        Assert.Equal(
            isSecret,
            SecretNames.AreIn(
                JsonSerializer.SerializeToElement(
                    new { list = new[] { new Dictionary<string, object> { [name] = value } } }
                )
            )
        );

    [Fact]
    public async Task An_optional_body_has_its_example_in_its_argument()
    {
        var body =
            "requestBody: { content: { application/json: { schema: { type: object, required: [a], properties: { a: { type: string } } }, examples: { one: { value: { a: x } } } } } }";

        Assert.Equal("""[{"body":{"a":"x"}}]""", await ExamplesAsync(body));
    }

    [Fact]
    public async Task Of_a_long_example_what_is_required_stays_and_what_is_short()
    {
        var example = $"example: {{ title: Bug, priority: 1, labels: [{new string('x', 400)}] }}";

        Assert.Equal(
            """[{"title":"Bug","priority":1}]""",
            await ExamplesAsync(
                $"requestBody: {{ required: true, content: {{ application/json: {{ schema: {Issue}, {example} }} }} }}"
            )
        );
        Assert.Equal(
            "[]",
            await ExamplesAsync(
                $"requestBody: {{ required: true, content: {{ application/json: {{ schema: {Issue}, example: {{ title: {new string('x', 500)} }} }} }} }}"
            )
        );
    }

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task Every_example_fits_the_schema_that_has_it(string name)
    {
        var manifest = (await SpecFiles.ImportAsync(name)).Manifest!;
        var (tools, bodies, examples) = (0, 0, 0);
        var bundler = SchemaBundler.Of(manifest);
        foreach (var tool in manifest.Tools)
        {
            bodies += tool.Body is null ? 0 : 1;
            var schema = bundler.Bundle(tool.InputSchema).ToElement();
            if (!schema.TryGetProperty("examples", out var own))
                continue;
            tools++;
            foreach (var example in own.EnumerateArray())
            {
                examples++;
                Assert.True(JsonSchema.Compile(schema).IsValid(example), $"{tool.Name}: {example.GetRawText()}");
                Assert.InRange(example.GetRawText().Length, 2, 400);
            }
            Assert.Equal(
                tool.ImportedSchema,
                new SchemaFingerprints(manifest.Definitions).Of(tool.InputSchema).ToString()
            );
        }
        output.WriteLine(
            $"{name}: {manifest.Tools.Count} tools, {bodies} with a body, {tools} with {examples} examples"
        );
    }

    private static async Task<string> ExamplesAsync(string operation)
    {
        var result = await Importing.ImportAsync(
            Importing.Document(operation, method: "post", path: PathOf(operation))
        );
        var schema = Assert.Single(result.Manifest!.Tools).InputSchema.ToElement();
        return schema.TryGetProperty("examples", out var examples) ? examples.GetRawText() : "[]";
    }

    private static string PathOf(string operation) =>
        operation.Contains("in: path", StringComparison.Ordinal) ? "/things/{owner}" : "/things";
}
