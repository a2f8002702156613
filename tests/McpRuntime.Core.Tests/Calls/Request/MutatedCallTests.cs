using System.Globalization;
using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Tests.OpenApi;

namespace McpRuntime.Tests.Calls.Request;

/// <summary>
/// Calls with anything anywhere, checked as leniently as there is: each is refused with words, or makes a request whose
/// path stays within its template and whose body is of its media type.
/// </summary>
public class MutatedCallTests
{
    private const string Document = """
        openapi: 3.1.1
        info: { title: T, version: 1.0.0 }
        servers: [ { url: 'https://api.test/v1' } ]
        paths:
          /plain/{a}/x/{b}: { get: { parameters: [ { name: a, in: path, required: true, schema: {} }, { name: b, in: path, required: true, schema: { type: string } },
            { name: q, in: query, schema: {} }, { name: deep, in: query, style: deepObject, explode: true, schema: { type: object } }, { name: X-H, in: header, schema: {} }, { name: c, in: cookie, schema: {} } ] } }
          /near/{a}.{b}: { get: { parameters: [ { name: a, in: path, required: true, schema: {} }, { name: b, in: path, required: true, schema: {} } ] } }
          /label/{a}: { get: { parameters: [ { name: a, in: path, required: true, style: label, explode: true, schema: {} } ] } }
          /matrix/{a}: { get: { parameters: [ { name: a, in: path, required: true, style: matrix, schema: {} } ] } }
          '/wide/{+a}': { get: { parameters: [ { name: a, in: path, required: true, schema: {} } ] } }
          '/wide/{a}/end': { get: { parameters: [ { name: a, in: path, required: true, x-ms-skip-url-encoding: true, schema: {} } ] } }
          /content/{a}: { get: { parameters: [ { name: a, in: path, required: true, content: { application/json: { schema: {} } } } ] } }
          /spread: { post: { requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { a: {}, b: { type: integer }, c: { type: array, items: { type: string } } } } } } } } }
          /patch: { patch: { requestBody: { content: { application/merge-patch+json: { schema: { type: object, properties: { a: {}, b: { type: object } } } } } } } }
          /whole: { post: { requestBody: { required: true, content: { application/json: { schema: {} } } } } }
          /form: { post: { requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object, properties: { a: {}, b: {}, c: { type: array } } }, encoding: { b: { style: deepObject, explode: true } } } } } } }
          /parts: { post: { requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { a: { type: string }, f: { type: string, format: binary }, l: { type: array, items: { type: string, format: binary } } } } } } } } }
          /lines: { post: { requestBody: { content: { application/x-ndjson: { schema: { type: array } } } } } }
          /text: { post: { requestBody: { content: { text/plain: { schema: {} } } } } }
          /xml: { post: { requestBody: { content: { application/xml: { schema: {} } } } } }
          /bytes: { post: { requestBody: { content: { application/octet-stream: { schema: {} } } } } }
        """;

    private static readonly string[] Hostile =
    [
        "..",
        ".",
        "",
        "/",
        "//",
        "a/b",
        "a//b",
        "../a",
        "a/../b",
        "a/.",
        "%2e%2e",
        "%252e%252e",
        "%2E",
        "..%2f",
        "a%2f..%2fb",
        "\\",
        "..\\",
        "a\\..\\b",
        "?x=1",
        "#x",
        "a?b#c",
        "a\r\nX: y",
        "\u0000",
        "\u007f",
        "é",
        "\ud83d\udc32",
        " ",
        "+",
        "&a=b",
        "=",
        ";",
        ",",
        "a;b=c",
        "\"",
        "--",
        "{a}",
        "%",
        "%zz",
        "x",
        "5",
        "true",
        "null",
        "{\"a\":\"..\"}",
        "[\"..\",\"b\"]",
        "AAAA",
    ];

    private static readonly string[] Values =
    [
        "null",
        "0",
        "-1",
        "1e999",
        "1.50",
        "123456789012345678901234567890",
        "true",
        "false",
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "{\"a\":null}",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "[\"\\ud800\"]",
        "{\"\\ud800\":1,\"a\":null}",
        """{"text":"a","filename":"../b"}""",
        """{"text":"a\r\n--x","filename":"b\"c","content_type":"text/plain"}""",
        """{"base64":"AAAA"}""",
        """{"base64":"?"}""",
        """{"text":"a","content_type":"x\r\ny"}""",
        """[{"text":"a"},{"base64":"AA=="}]""",
        """{"..":"a","/":"b"}""",
        """{"a":{"b":["..","/"]}}""",
        """{"a\r\nb":"c"}""",
        """[{"a":"b"},"c",5]""",
    ];

    private static int Samples =>
        int.TryParse(
            Environment.GetEnvironmentVariable("MCP_RUNTIME_TEST_FUZZ"),
            CultureInfo.InvariantCulture,
            out var samples
        )
            ? samples
            : 6000;

    [Fact]
    public async Task Requests_of_any_location_stay_within_their_template_and_media_type()
    {
        var manifest = (await Importing.ImportAsync(Document)).Manifest!;
        var sent = await RunAsync(manifest, Samples / manifest.Tools.Count);
        // Each tool is reached, or the test shows nothing.
        Assert.All(manifest.Tools, tool => Assert.True(sent[tool.Name] > 10, $"{tool.Name}: {sent[tool.Name]} sent"));
    }

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task So_do_those_of_real_documents(string name)
    {
        var manifest = (await SpecFiles.ImportAsync(name)).Manifest!;
        await RunAsync(manifest with { Tools = [.. manifest.Tools.Take(40)] }, 25);
    }

    private static async Task<Dictionary<string, int>> RunAsync(ConnectorManifest manifest, int calls)
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(UpstreamAnswer.Json("{}")),
            CallBench.Settings with
            {
                ArgumentCheck = ArgumentCheck.Standard,
            }
        )
        {
            Connector = manifest with { SecuritySchemes = new Dictionary<string, SecurityScheme>(), Security = [] },
        };
        var sent = new Dictionary<string, int>();
        foreach (var tool in manifest.Tools)
        {
            var open = tool with { Security = [] };
            var random = new Mutations(tool.Name.Length);
            sent[tool.Name] = 0;
            for (var i = 0; i < calls; i++)
            {
                var arguments = random.Arguments(tool);
                try
                {
                    var preview = await bench.PreviewAsync(open, arguments);
                    sent[tool.Name]++;
                    RequestOracle.Check(tool, preview, arguments);
                }
                catch (McpRuntimeException)
                {
                    // Refused, with words.
                }
            }
        }
        return sent;
    }

#pragma warning disable CA5394 // Test data needs no secure randomness.
    private sealed class Mutations(int seed)
    {
        private readonly Random _random = new(seed);

        public string Arguments(ToolManifest tool)
        {
            var members = new List<string>();
            if (tool.Input().TryGetProperty("properties", out var properties))
            {
                foreach (var property in properties.EnumerateObject().Where(_ => _random.Next(8) > 0))
                    members.Add(
                        $"{JsonSerializer.Serialize(property.Name)}:{(IsFile(property.Value) && _random.Next(2) == 0 ? File() : Value(2))}"
                    );
            }
            if (_random.Next(20) == 0)
                members.Add($"\"unknown\":{Value(2)}");
            return $"{{{string.Join(',', members)}}}";
        }

        // Anything but a file is refused where a file is wanted.
        private static bool IsFile(JsonElement schema) =>
            schema.GetRawText().Contains("\"base64\"", StringComparison.Ordinal);

        private string File() =>
            $"{{\"text\":{Text()},\"filename\":{Text()}{(_random.Next(2) == 0 ? "" : $",\"content_type\":{Text()}")}}}";

        private string Text() => JsonSerializer.Serialize(Hostile[_random.Next(Hostile.Length)]);

        private string Value(int depth) =>
            _random.Next(8) switch
            {
                0 or 1 or 2 => Text(),
                3 => JsonSerializer.Serialize(
                    Hostile[_random.Next(Hostile.Length)] + Hostile[_random.Next(Hostile.Length)]
                ),
                4 when depth > 0 => $"[{Value(depth - 1)},{Value(depth - 1)}]",
                5 when depth > 0 => $"{{{Text()}:{Value(depth - 1)},\"k\":{Value(depth - 1)}}}",
                _ => Values[_random.Next(Values.Length)],
            };
    }
#pragma warning restore CA5394
}
