using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Request;
using McpRuntime.Configuration;
using McpRuntime.Json;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Tests.Json.Schemas;

namespace McpRuntime.Tests.Calls.Arguments;

/// <summary>
/// Random arguments for random schemas: what goes out is what was given, but for nulls and conversions.
/// </summary>
public class SentArgumentTests
{
    private const int Samples = 1000;

    private static readonly string[] Arguments = ["a", "b", "ab", "c"];

    [Theory]
    [InlineData("POST", "application/json")]
    [InlineData("PATCH", "application/merge-patch+json")]
    public async Task A_body_is_the_arguments_as_json_values(string method, string type)
    {
        await using var standard = Bench(ArgumentCheck.Standard);
        await using var strict = Bench(ArgumentCheck.Strict);
        var (sent, refused, converted) = (0, 0, 0);
        for (var seed = 0; seed < Samples; seed++)
        {
            var random = new RandomJson(seed);
            var tool = Tool(method, type, random);
            var given = Given(random);
            var where = $"seed {seed}: {given} for {tool.InputSchema}";
            if (await TryPreviewAsync(standard, tool, given) is not { } preview)
            {
                refused++;
                Assert.True(
                    await TryPreviewAsync(strict, tool, given) is null,
                    $"Strict sends what standard refuses. {where}"
                );
                continue;
            }
            sent++;
            var body = JsonElement.Parse(preview.Body.Span);
            var values = JsonElement.Parse(given);
            Assert.True(IsSame(body, values, isPatch: method == "PATCH"), $"The body is {body}. {where}");
            converted += JsonElement.DeepEquals(body, values) ? 0 : 1;
            // What fits by the letter of JSON Schema is not touched.
            if (JsonSchema.Compile(Bundled(tool)).IsValid(values))
                Assert.True(
                    JsonElement.DeepEquals(body, values) && preview.SchemaWarnings.Count == 0,
                    $"The body is {body}. {where}"
                );
            if (await TryPreviewAsync(strict, tool, given) is { } exact)
                Assert.True(
                    preview.Body.Span.SequenceEqual(exact.Body.Span) && preview.SchemaWarnings.Count == 0,
                    $"Strict sends {Encoding.UTF8.GetString(exact.Body.Span)}. {where}"
                );
        }
        // A test that never gets there shows nothing.
        Assert.True(
            sent > Samples / 4 && refused > Samples / 20 && converted > Samples / 100,
            $"sent {sent}, refused {refused}, not as given {converted}"
        );
    }

    // Equal as JSON values, but for text that became what it is the text of, a value that became an array of it, and
    // members that are null.
    private static bool IsSame(JsonElement sent, JsonElement given, bool isPatch)
    {
        if (JsonElement.DeepEquals(sent, given))
            return true;
        if (
            given.ValueKind == JsonValueKind.String
            && sent.ValueKind != JsonValueKind.String
            && IsJson(given.GetString()!) is { } parsed
            && IsSame(sent, parsed, isPatch)
        )
            return true;
        if (
            sent.ValueKind == JsonValueKind.Array
            && given.ValueKind != JsonValueKind.Array
            && sent.GetArrayLength() == 1
        )
            return IsSame(sent[0], given, isPatch);
        return (sent.ValueKind, given.ValueKind) switch
        {
            (JsonValueKind.Array, JsonValueKind.Array) => sent.GetArrayLength() == given.GetArrayLength()
                && sent.EnumerateArray()
                    .Zip(given.EnumerateArray())
                    .All(pair => IsSame(pair.First, pair.Second, isPatch)),
            (JsonValueKind.Object, JsonValueKind.Object) => given
                .EnumerateObject()
                .All(member =>
                    sent.TryGetProperty(member.Name, out var value)
                        ? IsSame(value, member.Value, isPatch)
                        : member.Value.ValueKind == JsonValueKind.Null && !isPatch
                ) && sent.EnumerateObject().All(member => given.TryGetProperty(member.Name, out _)),
            _ => false,
        };
    }

    private static JsonElement? IsJson(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Bundled(ToolManifest tool) => tool.InputSchema.ToElement();

    private static ToolManifest Tool(string method, string type, RandomJson random)
    {
        // The root of each random schema holds the definitions that it refers to; here they are those of the tool.
        var schemas = Arguments.Select(name => JsonElement.Parse(random.Schema())).ToList();
        var definitions = schemas[0].GetProperty("$defs").GetRawText();
        var properties = string.Join(
            ',',
            Arguments.Zip(schemas, (name, schema) => $"\"{name}\":{WithoutDefinitions(schema)}")
        );
        var tool = CallBench.Tool(
            $"{method} /x",
            $$"""{"type":"object","$defs":{{definitions}},"properties":{{{properties}}},"additionalProperties":false}"""
        );
        return tool with
        {
            Arguments = Arguments.ToDictionary(
                name => name,
                name => new ArgumentBinding { In = ArgumentLocation.Body, Name = name }
            ),
            Body = new BodyBinding { ContentType = type, Required = true },
            ImportedSchema = new SchemaFingerprints(new Dictionary<string, JsonText>()).Of(tool.InputSchema).ToString(),
        };
    }

    private static string WithoutDefinitions(JsonElement schema) =>
        $"{{{string.Join(',', schema.EnumerateObject().Where(member => member.Name != "$defs").Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}"))}}}";

    // Half of the values as models spell them: text for what is not text.
    private static string Given(RandomJson random)
    {
        var values = Arguments.Select(_ => random.Instance()).ToList();
        return $"{{{string.Join(',', Arguments.Zip(values, (name, value) => $"\"{name}\":{(value.Length % 2 == 0 ? value : JsonSerializer.Serialize(value))}"))}}}";
    }

    private static async Task<RequestPreview?> TryPreviewAsync(CallBench bench, ToolManifest tool, string arguments)
    {
        try
        {
            return await bench.PreviewAsync(tool, arguments);
        }
        catch (McpRuntimeException)
        {
            return null;
        }
    }

    private static CallBench Bench(ArgumentCheck level) =>
        new(RecordingUpstream.Start(UpstreamAnswer.Json("{}")), CallBench.Settings with { ArgumentCheck = level });
}
