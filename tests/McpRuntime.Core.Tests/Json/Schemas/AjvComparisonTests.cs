using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json.Schemas.Compilation;

namespace McpRuntime.Tests.Json.Schemas;

public sealed class AjvComparisonTests(AjvFixture fixture) : IClassFixture<AjvFixture>
{
    /// <summary>
    /// Random schemas a seed, few enough that Ajv's own faults (about one answer in a thousand, contains next to
    /// prefixItems or unevaluated* below conditions) are not among them; each meets <see cref="Instances"/> instances.
    /// </summary>
    private const int Schemas = 40;

    private const int Instances = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_schemas_and_instances_get_the_answer_of_Ajv(int seed)
    {
        var ajv = fixture.Ajv();
        var random = new RandomJson(seed);
        var wrong = new List<string>();
        var answered = 0;
        for (var i = 0; i < Schemas; i++)
        {
            var schema = random.Schema();
            string[] instances = [.. Enumerable.Range(0, Instances).Select(_ => random.Instance())];
            var (error, valid) = await ajv.AskAsync(schema, instances, TestContext.Current.CancellationToken);
            // Ajv overflows its stack where a schema refers to itself endlessly, and gives up on some odd combinations.
            if (error is null)
                answered++;
            var element = JsonElement.Parse(schema);
            var problems = JsonSchema.Check(element).Where(p => p.Severity == FindingSeverity.Error);
            if (problems.Any(p => !p.Message.Contains("refers only to itself", StringComparison.Ordinal)))
                wrong.Add($"Check: {string.Join("; ", problems)}: {schema}");
            var compiled = JsonSchema.Compile(element);
            for (var j = 0; j < valid.Length; j++)
            {
                var violations = compiled.Evaluate(JsonElement.Parse(instances[j]));
                if ((violations.Count == 0) != valid[j])
                    wrong.Add($"Ajv says {valid[j]}: {schema} with {instances[j]}: {string.Join("; ", violations)}");
            }
        }

        Assert.InRange(answered, Schemas * 3 / 4, Schemas);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(10)));
    }

    [Theory]
    [InlineData("""{"type":"strung"}""")]
    [InlineData("""{"type":["string","string"]}""")]
    [InlineData("""{"type":[]}""")]
    [InlineData("""{"minLength":-1}""")]
    [InlineData("""{"minLength":1.5}""")]
    [InlineData("""{"minimum":"1"}""")]
    [InlineData("""{"multipleOf":0}""")]
    [InlineData("""{"required":"a"}""")]
    [InlineData("""{"required":["a","a"]}""")]
    [InlineData("""{"allOf":[]}""")]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"properties":{"a":1}}""")]
    [InlineData("""{"items":[{"type":"string"}]}""")]
    [InlineData("""{"additionalProperties":"no"}""")]
    [InlineData("""{"pattern":"("}""")]
    [InlineData("""{"pattern":"a**"}""")]
    [InlineData("""{"pattern":"(?i)a"}""")]
    [InlineData("""{"pattern":"\\A"}""")]
    [InlineData("""{"pattern":"\\p{Nonsense}"}""")]
    [InlineData("""{"pattern":"[b-a]"}""")]
    [InlineData("""{"patternProperties":{"[":true}}""")]
    [InlineData("""{"$ref":"#/$defs/none"}""")]
    [InlineData("""{"$ref":"https://example.com/none"}""")]
    [InlineData("""{"uniqueItems":1}""")]
    [InlineData("""{"enum":{}}""")]
    [InlineData("""{"description":1}""")]
    [InlineData("""{"$id":"a#b"}""")]
    [InlineData("""{"$anchor":"1a"}""")]
    [InlineData("\"string\"")]
    public async Task What_Ajv_refuses_is_a_problem_here(string schema)
    {
        Assert.Contains(JsonSchema.Check(JsonElement.Parse(schema)), p => p.Severity == FindingSeverity.Error);

        var ajv = fixture.Ajv();
        Assert.NotNull((await ajv.AskAsync(schema, [], TestContext.Current.CancellationToken)).Error);
    }
}
