using System.Text;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Json.Schemas;

public class HostileSchemaTests
{
    private const int HangGuard = ProcessRunner.HangGuardMilliseconds;

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""")]
    [InlineData("""{"$dynamicRef":"#a","$dynamicAnchor":"a"}""")]
    public void Reference_to_itself_says_nothing_and_does_not_hang(string schema) =>
        Assert.True(JsonSchema.Compile(JsonElement.Parse(schema)).IsValid(JsonElement.Parse("1")));

    [Fact]
    public void Base_that_lists_its_children_is_checked_once()
    {
        var element = JsonElement.Parse(
            """
            {
              "$ref": "#/$defs/Pet",
              "$defs": {
                "Pet": { "required": ["name"], "oneOf": [{ "$ref": "#/$defs/Cat" }, { "$ref": "#/$defs/Dog" }] },
                "Cat": { "allOf": [{ "$ref": "#/$defs/Pet" }, { "properties": { "kind": { "const": "cat" } } }] },
                "Dog": { "allOf": [{ "$ref": "#/$defs/Pet" }, { "properties": { "kind": { "const": "dog" } } }] }
              }
            }
            """
        );
        var schema = JsonSchema.Compile(element);

        Assert.True(schema.IsValid(JsonElement.Parse("""{"name":"Tom","kind":"cat"}""")));
        Assert.False(schema.IsValid(JsonElement.Parse("""{"kind":"cat"}""")));
        Assert.False(schema.IsValid(JsonElement.Parse("""{"name":"Tom","kind":"bird"}""")));
        Assert.All(JsonSchema.Check(element), p => Assert.Equal(FindingSeverity.Warning, p.Severity));
        Assert.NotEmpty(JsonSchema.Check(element));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Branches_that_multiply_are_given_up()
    {
        var guard = TestContext.Current.CancellationToken;
        // 2^40 ways through 40 definitions.
        var schema = new StringBuilder("""{"$ref":"#/$defs/d0","$defs":{""");
        for (var i = 0; i < 40; i++)
            schema.Append(
                $$"""{{(i > 0 ? "," : "")}}"d{{i}}":{"allOf":[{"$ref":"#/$defs/d{{i + 1}}"},{"$ref":"#/$defs/d{{i + 1}}"}]}"""
            );
        schema.Append(""","d40":{"type":"integer"}}}""");

        var violation = Assert.Single(await EvaluateAsync(schema.ToString(), "1", guard));

        Assert.Equal(
            "the value cannot be checked: its schema has too many combinations for a value of this size",
            violation.Message
        );
    }

    [Fact(Timeout = HangGuard)]
    public async Task Schema_that_is_too_deep_is_a_problem()
    {
        var guard = TestContext.Current.CancellationToken;
        const int depth = 5_000;
        var text = $"{string.Concat(Enumerable.Repeat("""{"not":""", depth))}true{new string('}', depth)}";
        var options = new JsonDocumentOptions { MaxDepth = depth + 1 };
        using var document = JsonDocument.Parse(text, options);
        var element = document.RootElement;

        Assert.Contains(
            "nested",
            Assert.Single(await WithinAsync(() => JsonSchema.Check(element), guard)).Message,
            StringComparison.Ordinal
        );
        var violation = Assert.Single(
            await WithinAsync(() => JsonSchema.Compile(element).Evaluate(JsonElement.Parse("1")), guard)
        );
        Assert.Contains("nested too deeply", violation.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Instance_that_is_too_deep_is_a_violation()
    {
        var guard = TestContext.Current.CancellationToken;
        // Three times the bound on depth; JsonDocument itself takes quadratic time in it.
        const int depth = 3_000;
        using var document = JsonDocument.Parse(
            $"{new string('[', depth)}{new string(']', depth)}",
            new JsonDocumentOptions { MaxDepth = depth + 1 }
        );
        var instance = document.RootElement;

        foreach (var schema in (string[])["""{"items":{"$ref":"#"}}""", """{"uniqueItems":true,"const":[[1]]}"""])
        {
            var violations = await WithinAsync(
                () => JsonSchema.Compile(JsonElement.Parse(schema)).Evaluate(instance),
                guard
            );
            Assert.NotEmpty(violations);
        }
    }

    [Fact(Timeout = HangGuard)]
    public async Task Long_chain_of_references_is_a_problem_and_not_a_crash()
    {
        var guard = TestContext.Current.CancellationToken;
        var schema = new StringBuilder("""{"$ref":"#/$defs/d0","$defs":{""");
        for (var i = 0; i < 50_000; i++)
            schema.Append($$"""  "d{{i}}":{"$ref":"#/$defs/d{{i + 1}}"},""");
        schema.Append(""" "d50000":true}}""");

        Assert.NotEmpty(await EvaluateAsync(schema.ToString(), "1", guard));
        Assert.NotEmpty(await WithinAsync(() => JsonSchema.Check(JsonElement.Parse(schema.ToString())), guard));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Many_names_meet_many_members()
    {
        var guard = TestContext.Current.CancellationToken;
        var names = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"name{i}\""));
        var members = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"name{i}\":{i}"));

        Assert.Empty(
            await EvaluateAsync(
                $$"""{"required":[{{names}}],"propertyNames":{"enum":[{{names}}]} }""",
                $"{{{members}}}",
                guard
            )
        );
        Assert.Empty(await EvaluateAsync("""{"uniqueItems":true}""", $"[{names}]", guard));
    }

    [Fact]
    public void Text_that_is_not_Unicode_is_a_violation_and_a_problem()
    {
        var lone = JsonElement.Parse("\"\\ud800\"");

        Assert.Contains(
            "not Unicode text",
            Assert.Single(JsonSchema.Compile(JsonElement.Parse("""{"pattern":"a"}""")).Evaluate(lone)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not Unicode text",
            Assert.Single(JsonSchema.Check(JsonElement.Parse("""{"pattern":"\ud800"}"""))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact(Timeout = HangGuard)]
    public async Task Number_with_too_many_digits_is_not_divided()
    {
        var guard = TestContext.Current.CancellationToken;
        var violation = Assert.Single(await EvaluateAsync("""{"multipleOf":0.7}""", new string('7', 100_000), guard));

        Assert.Contains("too many to divide", violation.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Pattern_with_nested_counts_ends()
    {
        var guard = TestContext.Current.CancellationToken;
        Assert.NotEmpty(
            await EvaluateAsync(
                """{"pattern":"^(((a{1,100}){1,100}){1,100})b$"}""",
                $"\"{new string('a', 5000)}\"",
                guard
            )
        );
    }

    [Fact]
    public void Message_shows_no_control_characters_of_others()
    {
        var schema = JsonSchema.Compile(
            JsonElement.Parse("""{"properties":{"a":{"const":"\u202e"}},"additionalProperties":false}""")
        );

        var violations = schema.Evaluate(JsonElement.Parse("{\"a\":1,\"\\u001b[31mred\":2}"));

        Assert.Equal(
            ["/a must be \"\\u202e\", is 1", "'red' is not a known member; allowed: a"],
            violations.Select(v => v.Message)
        );
    }

    private static Task<IReadOnlyList<SchemaViolation>> EvaluateAsync(
        string schema,
        string instance,
        CancellationToken guard
    ) => WithinAsync(() => JsonSchema.Compile(JsonElement.Parse(schema)).Evaluate(JsonElement.Parse(instance)), guard);

    /// <summary>The work's result; work that does not end is left to itself when the test's time is over.</summary>
    private static Task<T> WithinAsync<T>(Func<T> work, CancellationToken guard) =>
        Task.Run(work, guard).WaitAsync(guard);
}
