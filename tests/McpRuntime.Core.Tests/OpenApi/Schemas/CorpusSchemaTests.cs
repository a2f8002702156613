using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Testing;
using McpRuntime.Tests.Json.Schemas;
using McpRuntime.Validation;

namespace McpRuntime.Tests.OpenApi.Schemas;

/// <summary>Real documents against other judges: Ajv, our own validator of manifests, and half of themselves.</summary>
public sealed class CorpusSchemaTests(AjvFixture ajv) : IClassFixture<AjvFixture>
{
    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task Every_schema_compiles_in_Ajv(string name)
    {
        var manifest = (await SpecFiles.ImportAsync(name)).Manifest!;
        var schemas = manifest
            .Definitions.Keys.Select(name => (Owner: name, Text: $$"""{"$ref":"#/definitions/{{name}}"}"""))
            .Concat(
                manifest.Tools.SelectMany(tool =>
                    Schemas(tool).Select(schema => (Owner: tool.Name, Text: schema.ToString()))
                )
            )
            .ToList();
        var definitions = new JsonObject(
            manifest.Definitions.Select(entry => KeyValuePair.Create(entry.Key, JsonNode.Parse(entry.Value.Utf8.Span)))
        );
        var answers = await ajv.Ajv()
            .AskAsync(
                definitions.ToJsonString(),
                schemas.Select(schema => schema.Text),
                [],
                TestContext.Current.CancellationToken
            );
        Assert.Equal(schemas.Count, answers.Count);
        Assert.All(schemas.Zip(answers), each =>
            Assert.True(each.Second.Error is null, $"{each.First.Owner}: {each.Second.Error}")
        );
    }

    private static IEnumerable<JsonText> Schemas(ToolManifest tool) =>
        tool.OutputSchema is { } output ? [tool.InputSchema, output] : [tool.InputSchema];

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task The_manifest_is_valid(string name)
    {
        var manifest = (await SpecFiles.ImportAsync(name)).Manifest!;
        var read = ManifestReader.Read(ManifestWriter.ToUtf8(manifest), name);
        Assert.True(read.IsValid, string.Join('\n', read.Findings));
        Assert.DoesNotContain(ManifestValidator.Validate(read.Manifest!, strict: false), finding =>
            finding.Severity == FindingSeverity.Error
        );
    }

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task Without_half_of_the_operations_the_others_keep_their_names(string name)
    {
        var root = JsonNode.Parse((await ReadAsync(name)).Json.RootElement.GetRawText())!;
        var all = (await SpecFiles.ImportAsync(name)).Tools.ToDictionary(tool => tool.Endpoint, tool => tool.Name);
        var position = 0;
        foreach (var path in root["paths"]!.AsObject().Select(member => member.Key).ToList())
        {
            if (position++ % 2 == 1)
                root["paths"]!.AsObject().Remove(path);
        }
        var half = await ImportAsync(Parse(root));
        // Names that coincide in the whole document have a suffix there.
        Assert.All(half.Tools, tool =>
            Assert.True(
                all[tool.Endpoint] == tool.Name || Regex.IsMatch(all[tool.Endpoint], "_[0-9a-f]{6}$"),
                $"{tool.Endpoint}: {all[tool.Endpoint]} became {tool.Name}"
            )
        );
    }

    private static LoadedDocument Parse(JsonNode root) =>
        LoadedDocument.Parse(System.Text.Encoding.UTF8.GetBytes(root.ToJsonString()), "half.json");

    private static async Task<LoadedDocument> ReadAsync(string name)
    {
        var path = SpecFiles.Find(name);
        // Half of several files would be several halves; and its references need its place.
        Assert.SkipWhen(SampleDocuments.IsOfSeveralFiles(name), "A document of several files.");
        return await new DocumentLoader(new DocumentLimits()).LoadAsync(
            new DocumentSource.FromFile(path),
            TestContext.Current.CancellationToken
        );
    }

    private static Task<ImportResult> ImportAsync(LoadedDocument document) =>
        new OpenApiImporter(new DocumentLoader(new DocumentLimits())).ImportAsync(
            new DocumentSource.FromStream(document.Location, () => new MemoryStream(document.Text.ToArray())),
            new ImportOptions { BaseUrl = new Uri("https://api.example.com") },
            TestContext.Current.CancellationToken
        );
}
