using System.Text.Json;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;
using McpRuntime.Validation;

namespace McpRuntime.Tests.OpenApi.Schemas;

/// <summary>A discriminator with a mapping, from the document to the call.</summary>
public class DiscriminatorTests
{
    private const string Schemas = """
        Pet: { oneOf: [ { $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Cat' }, { type: object, properties: { other: { type: string } } } ],
          discriminator: { propertyName: kind, mapping: { dog: '#/components/schemas/Dog', tom: Cat, kitten: '#/components/schemas/Cat', cow: '#/components/schemas/Cow' } } }
        Dog: { type: object, required: [barks], properties: { kind: { type: string }, barks: { type: boolean }, friend: { $ref: '#/components/schemas/Pet' } } }
        Cat: { type: object, properties: { kind: { type: string }, lives: { type: integer, maximum: 9 }, toys: { type: object, unevaluatedProperties: false } } }
        Cow: { type: object }
        """;

    [Fact]
    public async Task The_mapping_to_branches_stays_with_the_references_of_the_manifest()
    {
        var manifest = await ImportAsync("pet: { $ref: '#/components/schemas/Pet' }");
        Importing.AssertJson(
            """{"propertyName":"kind","mapping":{"dog":"#/definitions/Dog","tom":"#/definitions/Cat","kitten":"#/definitions/Cat"}}""",
            manifest.Definitions["Pet"].ToElement().GetProperty("discriminator")
        );
        Assert.DoesNotContain("Cow", manifest.Definitions.Keys);
    }

    [Theory]
    [InlineData("""{"kind":"dog","lives":10}""", "/pet/barks is required")]
    [InlineData("""{"kind":"tom","lives":10}""", "/pet/lives must be at most 9, is 10")]
    [InlineData(
        """{"kind":"dog","barks":true,"friend":{"kind":"kitten","lives":10}}""",
        "/pet/friend/lives must be at most 9, is 10"
    )]
    [InlineData("""{"kind":"dog","barks":true,"friend":{"kind":"tom","barks":5}}""", "")]
    [InlineData("""{"kind":"bird","other":"x"}""", "")]
    [InlineData("""{"kind":"cow"}""", "")]
    [InlineData("""{"kind":"tom","toys":{"ball":1}}""", "'ball' is not a known member of /pet/toys")]
    public async Task Of_a_value_that_names_its_schema_only_that_one_is_judged(string pet, string warning)
    {
        var manifest = await ImportAsync("pet: { $ref: '#/components/schemas/Pet' }");
        await using var bench = new CallBench(RecordingUpstream.Start(UpstreamAnswer.Json("{}")))
        {
            Connector = manifest with { BaseUrl = "" },
        };
        var preview = await bench.PreviewAsync(Assert.Single(manifest.Tools), $$"""{"pet":{{pet}}}""");
        Assert.Equal(warning, string.Join('\n', preview.SchemaWarnings.Select(found => found.Message)));
        Importing.AssertJson($$"""{"pet":{{pet}}}""", JsonElement.Parse(preview.Body.Span));
    }

    [Fact]
    public async Task A_choice_within_a_tool_s_own_schema_has_one_too_and_without_branches_there_is_none()
    {
        var manifest = await ImportAsync(
            """
            pet: { anyOf: [ { $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Cat' } ], discriminator: { propertyName: kind, mapping: { dog: Dog } } },
            none: { oneOf: [ { type: object } ], discriminator: { propertyName: kind, mapping: { dog: Dog } } },
            base: { type: object, discriminator: { propertyName: kind, mapping: { dog: Dog } } }
            """
        );
        var tool = Assert.Single(manifest.Tools);
        Importing.AssertJson(
            """{"propertyName":"kind","mapping":{"dog":"#/definitions/Dog"}}""",
            tool.Argument("pet").GetProperty("discriminator")
        );
        Assert.False(tool.Argument("none").TryGetProperty("discriminator", out _));
        Assert.False(tool.Argument("base").TryGetProperty("discriminator", out _));
        var bundled = new SchemaBundler(manifest.Definitions).Bundle(tool.InputSchema);
        Assert.Contains("\"dog\":\"#/$defs/Dog\"", bundled.ToString(), StringComparison.Ordinal);
    }

    private static async Task<ConnectorManifest> ImportAsync(string properties)
    {
        var result = await Importing.ImportAsync(
            $$"""
            openapi: 3.1.1
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            paths: { /x: { post: { operationId: add, requestBody: { required: true, content: { application/json: { schema: { type: object, properties: {
              {{properties.ReplaceLineEndings("\n  ")}} } } } } } } } }
            components:
              schemas:
                {{Schemas.ReplaceLineEndings("\n    ")}}
            """
        );
        var read = ManifestReader.Read(ManifestWriter.ToUtf8(result.Manifest!), "m.yaml");
        Assert.True(read.IsValid, string.Join('\n', read.Findings));
        return read.Manifest!;
    }
}
