using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.OpenApi;

/// <summary>What must hold for every real document.</summary>
public class CorpusTests
{
    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task Every_operation_is_a_tool_or_has_a_reason(string name)
    {
        var path = SpecFiles.Find(name);
        var result = await SpecFiles.ImportAsync(name);
        using var document = await Loader.LoadAsync(
            new DocumentSource.FromFile(path),
            TestContext.Current.CancellationToken
        );
        var operations = 0;
        foreach (var item in document.Json.RootElement.GetProperty("paths").EnumerateObject())
        {
            operations += item
                .Value.EnumerateObject()
                .Count(member =>
                    member.Name
                        is "get"
                            or "put"
                            or "post"
                            or "delete"
                            or "patch"
                            or "head"
                            or "options"
                            or "trace"
                            or "query"
                );
        }
        var skipped = result.Skipped.Count(operation => operation.Method is not ("WEBHOOK" or "CALLBACK"));
        Assert.InRange(result.Tools.Count + skipped, operations == 0 ? 1 : operations, int.MaxValue);
        Assert.Equal(result.Manifest!.Tools.Select(tool => tool.Name), result.Tools.Select(tool => tool.Name));
    }

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task No_reference_dangles(string name)
    {
        var result = await SpecFiles.ImportAsync(name);
        var manifest = result.Manifest!;
        foreach (var text in Schemas(manifest))
            AssertReferences(text.ToElement(), manifest.Definitions);
        Assert.DoesNotContain(result.Findings, finding => finding.RuleId == "dangling-reference");
    }

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task Every_property_has_one_place(string name)
    {
        foreach (var tool in (await SpecFiles.ImportAsync(name)).Manifest!.Tools)
        {
            var properties = tool.Input()
                .GetProperty("properties")
                .EnumerateObject()
                .Select(property => property.Name)
                .ToList();
            var places = tool.Arguments!.Keys.Concat(tool.Body?.Argument is { } body ? [body] : []);
            Assert.Equal(properties, places);
            Assert.All(properties, property => Assert.Matches("^[A-Za-z0-9_-]{1,64}$", property));
            Assert.Matches("^[a-z][a-z0-9_]{0,63}$", tool.Name);
        }
    }

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task Importing_again_gives_the_same(string name)
    {
        var path = SpecFiles.Find(name);
        var first = await SpecFiles.ImportAsync(name);
        var again = await SpecFiles.ImportAgainAsync(path);
        Assert.True(
            ManifestWriter.ToUtf8(first.Manifest!).Span.SequenceEqual(ManifestWriter.ToUtf8(again.Manifest!).Span)
        );
        Assert.Equal(first.Findings, again.Findings);
        Assert.Equal(first.Tools, again.Tools);
        Assert.Equal(first.Skipped, again.Skipped);
    }

    private static DocumentLoader Loader { get; } = new(new DocumentLimits());

    private static IEnumerable<JsonText> Schemas(ConnectorManifest manifest) =>
        manifest
            .Definitions.Values.Concat(manifest.Tools.Select(tool => tool.InputSchema))
            .Concat(manifest.Tools.Where(tool => tool.OutputSchema is not null).Select(tool => tool.OutputSchema!));

    private static void AssertReferences(JsonElement element, IReadOnlyDictionary<string, JsonText> definitions)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                AssertReferences(item, definitions);
        }
        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in element.EnumerateObject())
        {
            if (member.NameEquals("$ref") && member.Value.ValueKind == JsonValueKind.String)
                Assert.True(
                    definitions.ContainsKey(member.Value.GetString()!["#/definitions/".Length..]),
                    member.Value.GetString()
                );
            else if (!member.NameEquals("examples") && !member.NameEquals("default") && !member.NameEquals("enum"))
                AssertReferences(member.Value, definitions);
        }
    }
}
