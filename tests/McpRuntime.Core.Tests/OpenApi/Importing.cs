using System.Text;
using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Tests.OpenApi;

/// <summary>Imports documents that are in a test.</summary>
internal static class Importing
{
    /// <summary>The document's text, JSON or YAML, as if it came from standard input.</summary>
    internal static Task<ImportResult> ImportAsync(string document, ImportOptions? options = null) =>
        new OpenApiImporter(new DocumentLoader(new DocumentLimits())).ImportAsync(
            new DocumentSource.FromStream("test", () => new MemoryStream(Encoding.UTF8.GetBytes(document))),
            options ?? new ImportOptions(),
            TestContext.Current.CancellationToken
        );

    /// <summary>The one tool of a document; fails with the findings where there is none.</summary>
    internal static async Task<ToolManifest> ImportToolAsync(string document)
    {
        var result = await ImportAsync(document);
        Assert.True(result.Manifest is not null, string.Join('\n', result.Findings));
        return Assert.Single(result.Manifest.Tools);
    }

    /// <summary>OpenAPI 3.x around one operation, in flow-style YAML.</summary>
    /// <param name="operation">The members of the Operation Object.</param>
    /// <param name="components">The members of the Components Object.</param>
    /// <param name="version">Value of <c>openapi</c>.</param>
    /// <param name="path">Path template.</param>
    /// <param name="method">Field of the path item.</param>
    internal static string Document(
        string operation,
        string components = "",
        string version = "3.1.1",
        string path = "/things",
        string method = "get"
    ) =>
        $$"""
            openapi: {{version}}
            info: { title: Things, version: 1.2.3 }
            servers: [ { url: 'https://api.things.test/v1' } ]
            paths: { '{{path}}': { {{method}}: { {{Indented(operation)}} } } }
            components: { {{Indented(components)}} }
            """;

    // Braces too must stand further in than what they belong to.
    private static string Indented(string yaml) => yaml.ReplaceLineEndings("\n  ");

    internal static JsonElement Input(this ToolManifest tool) => tool.InputSchema.ToElement();

    /// <summary>The schema of one argument.</summary>
    internal static JsonElement Argument(this ToolManifest tool, string name) =>
        tool.Input().GetProperty("properties").GetProperty(name);

    /// <summary>Equal as JSON values; the order of members does not count.</summary>
    internal static void AssertJson(string expected, JsonElement actual)
    {
        using var document = JsonDocument.Parse(expected);
        Assert.True(
            JsonElement.DeepEquals(document.RootElement, actual),
            $"Expected {expected}\nbut was  {actual.GetRawText()}"
        );
    }
}
