using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using McpRuntime.Diagnostics;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Validation;

namespace McpRuntime.Tests.OpenApi;

/// <summary>
/// Documents with anything anywhere: never an exception, never a hang, and what comes out is a manifest.
/// </summary>
public class FuzzTests
{
    private static readonly string[] Seeds =
    [
        """
            {"openapi":"3.1.1","info":{"title":"T","version":"1"},"servers":[{"url":"https://{r}.a.test","variables":{"r":{"default":"eu","enum":["eu"]}}}],
             "security":[{"k":[]}],
             "paths":{"/p/{id}":{"parameters":[{"$ref":"#/components/parameters/Id"}],
               "get":{"operationId":"getIt","tags":["a"],"parameters":[{"name":"q","in":"query","style":"deepObject","schema":{"$ref":"#/components/schemas/A"}}],
                 "responses":{"200":{"description":"d","content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}},
               "post":{"requestBody":{"required":true,"content":{"multipart/form-data":{"schema":{"type":"object","required":["f"],"properties":{"f":{"type":"string","format":"binary"},"n":{"type":["string","null"]}}},
                 "encoding":{"f":{"contentType":"image/png","headers":{"X":{"schema":{"const":"1"}}}}}}}},"x-mcp":{"annotations":{"read_only":true}},
                 "callbacks":{"c":{"u":{"post":{}}}},"security":[{},{"o":["r"]}]}}},
             "components":{"parameters":{"Id":{"name":"id","in":"path","required":true,"schema":{"type":"integer","minimum":1,"exclusiveMinimum":true}}},
               "securitySchemes":{"k":{"type":"apiKey","in":"header","name":"K"},"o":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"https://a.test/t","scopes":{"r":""}}}}},
               "schemas":{"A":{"type":"object","required":["id","b"],"properties":{"id":{"type":"string","readOnly":true},"b":{"$ref":"#/components/schemas/B"}},"discriminator":{"propertyName":"k","mapping":{"x":"#/components/schemas/B"}}},
                 "B":{"$id":"https://s.test/b","allOf":[{"$ref":"#/components/schemas/A"},{"pattern":"^a+$","enum":["x",1,null]}],"dependencies":{"a":["b"]},"items":[{"not":{}}],"$anchor":"b"}}}}
            """,
        """
            {"swagger":"2.0","info":{"title":"T","version":"1"},"host":"a.test","basePath":"/v1","schemes":["https"],"consumes":["application/json"],
             "paths":{"/p/{id}":{"put":{"parameters":[{"name":"id","in":"path","required":true,"type":"array","items":{"type":"string"},"collectionFormat":"pipes"},
               {"name":"b","in":"body","schema":{"$ref":"#/definitions/A"}}],"responses":{"200":{"schema":{"$ref":"#/definitions/A"}}}},
               "post":{"consumes":["multipart/form-data"],"parameters":[{"name":"f","in":"formData","type":"file"},{"name":"g","in":"formData","type":"string","enum":["x"]}]}}},
             "securityDefinitions":{"o":{"type":"oauth2","flow":"application","tokenUrl":"https://a.test/t"}},"security":[{"o":[]}],
             "definitions":{"A":{"type":"object","properties":{"a":{"$ref":"#/definitions/A"},"n":{"type":"integer","x-nullable":true}}}}}
            """,
        """
            {"openapi":"3.2.0","$self":"https://a.test/api.json","info":{"title":"T","version":"1"},"servers":[{"url":"/v1"},{"url":"https://a.test"}],
             "paths":{"/p/{id}/{rest+}?kind=a&page={page}":{"parameters":[{"name":"id","in":"path","style":"matrix","schema":{"type":"array","items":{"type":"string"}}},{"name":"page","in":"path","schema":{}}],
               "query":{"parameters":[{"name":"q","in":"querystring","content":{"application/x-www-form-urlencoded":{"schema":{"$ref":"#/components/schemas/Base"}}}},{"name":"K","in":"header","schema":{"type":"string"}},{"name":"c","in":"cookie","style":"cookie","schema":{"type":"object"}}],
                 "responses":{"2XX":{"content":{"application/jsonl":{"itemSchema":{"$ref":"#/components/schemas/Pets"}}}},"default":{"$ref":"#/components/responses/R"}}},
               "additionalOperations":{"COPY":{"requestBody":{"$ref":"#/components/requestBodies/B"},"servers":[{"url":"//b.test/{x}","variables":{"x":{"default":"1"}}}]}}}},
             "webhooks":{"w":{"post":{}}},"security":[{"K":[]},{"k":[]}],
             "components":{"responses":{"R":{"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Heir"}}}}},
               "requestBodies":{"B":{"required":true,"content":{"application/x-www-form-urlencoded":{"schema":{"allOf":[{"$ref":"#/components/schemas/Heir"}]},"encoding":{"a":{"style":"pipeDelimited"}}},"text/*":null}}},
               "securitySchemes":{"K":{"type":"apiKey","in":"header","name":"K"},"k":{"type":"http","scheme":"bearer"}},
               "schemas":{"Base":{"type":"object","properties":{"a":{"type":"string","writeOnly":true}},"oneOf":[{"$ref":"#/components/schemas/Heir"},{"not":{"$ref":"#/components/schemas/Base"}}]},
                 "Heir":{"allOf":[{"$ref":"#/components/schemas/Base"},{"properties":{"b":{"type":["integer","null"]}}}],"if":{"$ref":"#/components/schemas/Heir"},"then":true},
                 "Page":{"$id":"https://s.test/page","type":"array","items":{"$dynamicRef":"#item"},"$defs":{"any":{"$dynamicAnchor":"item"}}},
                 "Pets":{"$id":"https://s.test/pets","$ref":"page","$defs":{"item":{"$dynamicAnchor":"item","$ref":"#/components/schemas/Heir"}}}}}}
            """,
    ];

    private static readonly string[] Junk =
    [
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1e999",
        "\"\"",
        "\"x\"",
        "\"\\ud800\"",
        "\"#/\"",
        "\"#\"",
        "\"#/components/schemas/A\"",
        "\"#/definitions/A\"",
        "\"other.json\"",
        "\"http://[bad\"",
        "[]",
        "[[]]",
        "{}",
        "{\"$ref\":\"#/components/schemas/B\"}",
        "{\"$ref\":\"#\"}",
        "{\"$ref\":5}",
        "{\"allOf\":[{\"$ref\":\"#/components/schemas/A\"}]}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"readOnly\":true}}}",
        "\"{a}{b\"",
        "\"\\u0000\\u202e\"",
        "\"https://a.test/{x}\"",
        "123456789012345678901234567890",
        "\"[\"",
        "{\"url\":\"/\"}",
        "{\"\":{}}",
        "{\"$dynamicRef\":\"#item\"}",
        "\"#item\"",
        "\"page\"",
        "{\"$dynamicAnchor\":\"item\"}",
        "\"/a b/{id\"",
        "{\"not\":{\"$ref\":\"#/components/schemas/A\"}}",
        "{\"oneOf\":[{\"$ref\":\"#/components/schemas/Base\"}]}",
        "\"https://s.test/pets\"",
        "\"K\"",
        "{\"name\":\"a\",\"in\":\"query\"}",
    ];

    // Many more than a build has time for, on request.
    private static int Samples =>
        int.TryParse(
            Environment.GetEnvironmentVariable("MCP_RUNTIME_TEST_FUZZ"),
            System.Globalization.CultureInfo.InvariantCulture,
            out var samples
        )
            ? samples
            : 500;

    [Fact]
    public async Task Mutated_documents_end_in_a_manifest_or_in_findings()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var mutations = Gen.Sample(
            Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 1_000_000), Gen.Choose(0, Junk.Length + 3)), 4),
            size: 50,
            numberOfSamples: Samples
        );
        var (number, failures) = (0, new List<string>());
        foreach (var mutation in mutations)
        {
            var text = Mutate(Seeds[number++ % Seeds.Length], mutation);
            try
            {
                var result = await Importing.ImportAsync(text).WaitAsync(ProcessRunner.HangGuard, cancellationToken);
                if (result.Manifest is not null)
                    AssertManifest(result.Manifest);
                else
                    Assert.Contains(result.Findings, finding => finding.Severity == FindingSeverity.Error);
            }
            catch (Exception failure)
            {
                failures.Add($"{failure.GetType().Name}: {failure.Message}\n{failure.StackTrace}\nfor {text}");
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Take(5)));
    }

    private static void AssertManifest(ConnectorManifest manifest)
    {
        var written = ManifestWriter.ToUtf8(manifest);
        var read = ManifestReader.Read(written, "fuzz.yaml");
        Assert.True(read.IsValid, string.Join('\n', read.Findings));
        var bundler = new SchemaBundler(manifest.Definitions);
        foreach (var tool in manifest.Tools)
        {
            var problems = JsonSchema
                .Check(bundler.Bundle(tool.InputSchema).ToElement())
                .Where(problem => problem.Severity == FindingSeverity.Error)
                .ToList();
            Assert.True(problems.Count == 0, string.Join('\n', problems));
        }
    }

    // Each mutation takes one value of the document, by number, and puts something else there or removes it.
    private static string Mutate(string seed, (int Place, int Kind)[] mutations)
    {
        var root = JsonNode.Parse(seed)!;
        var raw = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (place, kind) in mutations)
        {
            var nodes = new List<JsonNode>();
            Collect(root, nodes);
            if (nodes.Count == 0)
                break;
            var node = nodes[place % nodes.Count];
            if (kind < Junk.Length)
            {
                // A marker, because a node cannot hold every text that JSON allows.
                var marker = $"@{raw.Count}@";
                raw.Add($"\"{marker}\"", Junk[kind]);
                Replace(node, JsonValue.Create(marker));
            }
            else if (kind == Junk.Length)
                Remove(node);
            else
                Replace(node, nodes[place / 7 % nodes.Count].DeepClone());
        }
        var text = new StringBuilder(root.ToJsonString());
        foreach (var (marker, value) in raw)
            text.Replace(marker, value);
        return text.ToString();
    }

    private static void Collect(JsonNode node, List<JsonNode> nodes)
    {
        var children = node switch
        {
            JsonObject owner => owner.Select(member => member.Value),
            JsonArray list => list,
            _ => [],
        };
        foreach (var child in children)
        {
            if (child is null)
                continue;
            nodes.Add(child);
            Collect(child, nodes);
        }
    }

    private static void Replace(JsonNode node, JsonNode value)
    {
        if (node.Parent is JsonObject owner)
            owner[node.GetPropertyName()] = value;
        else if (node.Parent is JsonArray list)
            list[node.GetElementIndex()] = value;
    }

    private static void Remove(JsonNode node)
    {
        if (node.Parent is JsonObject owner)
            owner.Remove(node.GetPropertyName());
        else if (node.Parent is JsonArray list)
            list.Remove(node);
    }
}
