using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents.Yaml;
using McpRuntime.Json;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Testing;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Manifests;

/// <summary>The published schema and the reader judge the shape of a manifest alike.</summary>
public class ConnectorSchemaTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(
        File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "schemas", "connector.schema.json"))
    );

    private static readonly JsonSchema Compiled = JsonSchema.Compile(Schema);

    private static readonly string[] Replacements =
    [
        "null",
        "true",
        "5",
        "-1.5",
        "\"\"",
        "\"surprise\"",
        "[]",
        "[5]",
        "{}",
        "{\"surprise\":1}",
    ];

    public static TheoryData<string> Manifests
    {
        get
        {
            var files = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "samples", "connectors"), "*.yaml");
            return
            [
                ManifestSamples.Current,
                ManifestSamples.Older,
                .. files.Order(StringComparer.Ordinal).Select(File.ReadAllText),
            ];
        }
    }

    [Fact]
    public void The_schema_is_valid_json_schema() => Assert.Empty(JsonSchema.Check(Schema));

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Good_manifests_fit(string text)
    {
        Assert.Empty(Compiled.Evaluate(ToJson(text).Deserialize<JsonElement>()));
    }

    [Theory]
    [InlineData(ManifestSamples.Current)]
    [InlineData(ManifestSamples.Older)]
    public void Every_change_of_one_value_is_judged_as_the_reader_judges_it(string text)
    {
        var differences = new List<string>();
        foreach (var (change, json) in Changes(text))
        {
            var fits = Compiled.IsValid(JsonElement.Parse(json));
            var findings = ManifestReader
                .Read(Encoding.UTF8.GetBytes(json), null)
                .Findings.Where(finding => finding.Severity == FindingSeverity.Error)
                .ToList();
            var hasWrongShape = findings.Any(finding =>
                finding.RuleId.StartsWith("manifest-", StringComparison.Ordinal)
            );

            // The schema may say more than shape, such as patterns of names; the reader then has another rule for it.
            if (fits ? hasWrongShape : findings.Count == 0)
                differences.Add(
                    $"{change}: the schema says {(fits ? "good" : "bad")}, the reader {string.Join("; ", findings)}"
                );
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
    }

    private static IEnumerable<(string Change, string Json)> Changes(string text)
    {
        var root = ToJson(text);
        foreach (var path in Paths(root, ""))
        {
            foreach (var replacement in Replacements)
            {
                var copy = root.DeepClone();
                Replace(copy, path, JsonNode.Parse(replacement), remove: false);
                yield return ($"{path} = {replacement}", copy.ToJsonString());
            }
            var without = root.DeepClone();
            Replace(without, path, null, remove: true);
            yield return ($"{path} removed", without.ToJsonString());
            var more = root.DeepClone();
            if (Find(more, path) is JsonObject target)
            {
                target["surprise"] = "x";
                yield return ($"{path}/surprise added", more.ToJsonString());
            }
        }
    }

    // One tool and one entry of each kind are enough; schemas themselves are not this schema's matter.
    private static IEnumerable<string> Paths(JsonNode? node, string path)
    {
        if (path.Length > 0)
            yield return path;
        if (
            path.EndsWith("_schema", StringComparison.Ordinal)
            || path.StartsWith("/connector/definitions/", StringComparison.Ordinal)
        )
            yield break;
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                foreach (var inner in Paths(value, JsonPointer.Append(path, name)))
                    yield return inner;
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < Math.Min(items.Count, 3); i++)
            {
                foreach (var inner in Paths(items[i], JsonPointer.Append(path, i)))
                    yield return inner;
            }
        }
    }

    private static JsonNode? Find(JsonNode root, string path)
    {
        var node = root;
        foreach (var token in JsonPointer.Tokens(path))
            node = node is JsonArray items ? items[int.Parse(token, null)] : node![token];
        return node;
    }

    private static void Replace(JsonNode root, string path, JsonNode? value, bool remove)
    {
        var slash = path.LastIndexOf('/');
        var token = JsonPointer.Unescape(path[(slash + 1)..]);
        switch (Find(root, path[..slash]))
        {
            case JsonArray items when remove:
                items.RemoveAt(int.Parse(token, null));
                break;
            case JsonArray items:
                items[int.Parse(token, null)] = value;
                break;
            case JsonObject members when remove:
                members.Remove(token);
                break;
            case JsonObject members:
                members[token] = value;
                break;
        }
    }

    private static JsonNode ToJson(string text) =>
        JsonNode.Parse(YamlToJson.Convert(Encoding.UTF8.GetBytes(text), null, new DocumentLimits()).Json.Span)!;
}
