using System.Text.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;

namespace McpRuntime.Tests.Json.Schemas;

public class ViolationTests
{
    public static TheoryData<string, string, string> Messages =>
        new()
        {
            { """{"properties":{"age":{"maximum":120}}}""", """{"age":130}""", "/age must be at most 120, is 130" },
            {
                """{"properties":{"age":{"exclusiveMinimum":0}}}""",
                """{"age":0}""",
                "/age must be greater than 0, is 0"
            },
            {
                """{"properties":{"n":{"multipleOf":0.01}}}""",
                """{"n":1.005}""",
                "/n must be a multiple of 0.01, is 1.005"
            },
            { """{"required":["name","tag"]}""", "{}", "/name is required\n/tag is required" },
            { """{"required":["a","b","c","d","e"]}""", """{"a":1,"c":1,"e":1}""", "/b is required\n/d is required" },
            { """{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "/b is required because 'a' is there" },
            { """{"type":"object"}""", "5", "the value must be an object, is a number: 5" },
            { """{"type":["string","null"]}""", "[1]", "the value must be a string or null, is an array" },
            { """{"type":"integer"}""", "1.5", "the value must be an integer, is a number: 1.5" },
            {
                """{"enum":["red","green"]}""",
                "\"blue\"",
                "the value must be one of \"red\" or \"green\", is \"blue\""
            },
            {
                """{"enum":["available","pending","sold","other"]}""",
                "\"avialable\"",
                "the value must be one of \"available\", \"pending\", \"sold\" or \"other\", is \"avialable\"; did you mean \"available\"?"
            },
            { """{"const":1}""", "2", "the value must be 1, is 2" },
            { """{"minLength":2}""", "\"a\"", "the value must have at least 2 characters, has 1: \"a\"" },
            { """{"maxLength":1}""", "\"ab\"", "the value must have at most 1 character, has 2: \"ab\"" },
            { """{"pattern":"^a+$"}""", "\"b\"", "the value must match the pattern ^a+$, is \"b\"" },
            { """{"minItems":2}""", "[1]", "the value must have at least 2 items, has 1" },
            { """{"maxProperties":1}""", """{"a":1,"b":2}""", "the value must have at most 1 member, has 2" },
            {
                """{"uniqueItems":true}""",
                "[1,2,1.0]",
                "the value must not hold the same item twice, items 0 and 2 are both 1"
            },
            {
                """{"contains":{"const":1},"minContains":2}""",
                "[1]",
                "the value must contain at least 2 items that match \"contains\", contains 1"
            },
            {
                """{"items":{"type":"string"}}""",
                "[\"a\",1,2]",
                "/1 must be a string, is a number: 1\n/2 must be a string, is a number: 2"
            },
            {
                """{"properties":{"a/b~c":{"items":{"type":"string"}}}}""",
                """{"a/b~c":[1]}""",
                "/a~1b~0c/0 must be a string, is a number: 1"
            },
            { """{"properties":{"x":false}}""", """{"x":1}""", "/x is not allowed" },
            { """{"not":{"type":"string"}}""", "\"a\"", "the value must not match the schema under \"not\", is \"a\"" },
            {
                """{"propertyNames":{"maxLength":1}}""",
                """{"ab":1}""",
                "/ab must have at most 1 character, has 2: \"ab\""
            },
            {
                """{"properties":{"color":true},"additionalProperties":false}""",
                """{"colour":1}""",
                "'colour' is not a known member; did you mean 'color'?"
            },
            {
                """{"properties":{"color":true},"unevaluatedProperties":false}""",
                """{"zzz":1}""",
                "'zzz' is not a known member; allowed: color"
            },
            {
                """{"properties":{"a":{"properties":{"b":true},"additionalProperties":false}}}""",
                """{"a":{"zzz":1}}""",
                "'zzz' is not a known member of /a; allowed: b"
            },
            { """{"additionalProperties":false}""", """{"zzz":1}""", "'zzz' is not a known member; none are allowed" },
            {
                """{"$ref":"#/$defs/nope"}""",
                "1",
                "the value cannot be checked: the schema refers to #/$defs/nope, which does not exist"
            },
            {
                """{"$ref":"http://example.com/schema.json"}""",
                "1",
                "the value cannot be checked: the schema refers to http://example.com/schema.json, which does not exist"
            },
            {
                """{"type":"string","format":"password","minLength":9}""",
                "\"hunter2\"",
                "the value must have at least 9 characters, has 7: ***"
            },
            { """{"enum":[1]}""", $"\"{new string('x', 200)}\"", $"the value must be 1, is \"{new string('x', 79)}…" },
            { """{"type":"string","minLength":9}""", "7", "the value must be a string, is a number: 7" },
        };

    public static TheoryData<string, string, string> Choices =>
        new()
        {
            {
                """{"anyOf":[{"type":"string"},{"type":"integer"}]}""",
                "true",
                "the value must be a string or an integer, is a boolean: true"
            },
            { """{"anyOf":[{"type":"string"},{"type":"object","required":["id"]}]}""", "{}", "/id is required" },
            {
                """{"oneOf":[{"properties":{"kind":{"const":"cat"},"lives":{"type":"integer"}}},{"properties":{"kind":{"const":"dog"},"age":{"type":"integer"}}}]}""",
                """{"kind":"dog","age":"x"}""",
                "/age must be an integer, is a string: \"x\""
            },
            {
                """{"oneOf":[{"properties":{"kind":{"const":"cat"}}},{"properties":{"kind":{"const":"dog"}}}]}""",
                """{"kind":"bird"}""",
                "/kind must be one of \"cat\" or \"dog\", is \"bird\""
            },
            {
                """{"oneOf":[{"type":"number"},{"type":"integer"}]}""",
                "1",
                "the value must match exactly one of the 2 alternatives of its schema, matches more than one"
            },
            { """{"anyOf":[{"required":["a","b"]},{"required":["c"]}]}""", "{}", "/c is required" },
            { """{"anyOf":[{"const":1},{"enum":[2,3]}]}""", "4", "the value must be one of 1, 2 or 3, is 4" },
        };

    [Theory]
    [MemberData(nameof(Messages))]
    [MemberData(nameof(Choices))]
    public void Violation_says_what_would_be_right(string schema, string instance, string expected)
    {
        var violations = JsonSchema.Compile(JsonElement.Parse(schema)).Evaluate(JsonElement.Parse(instance));

        Assert.Equal(expected, string.Join('\n', violations.Select(v => v.Message)));
    }

    [Theory]
    [InlineData("the arguments object must be an object, is null", "null")]
    [InlineData("'colour' is not an argument of this tool; did you mean 'color'?", """{"colour":1}""")]
    public void Tool_arguments_are_called_so(string expected, string instance)
    {
        var schema = JsonSchema.Compile(
            JsonElement.Parse("""{"type":"object","properties":{"color":true},"additionalProperties":false}"""),
            SchemaSubject.Arguments
        );

        Assert.Equal(expected, Assert.Single(schema.Evaluate(JsonElement.Parse(instance))).Message);
    }

    [Fact]
    public void Violation_names_both_places()
    {
        var schema = JsonSchema.Compile(
            JsonElement.Parse(
                """{"properties":{"pet/s":{"items":{"$ref":"#/$defs/Pet"}}},"$defs":{"Pet":{"properties":{"age":{"minimum":0}}}}}"""
            )
        );

        var violation = Assert.Single(schema.Evaluate(JsonElement.Parse("""{"pet/s":[{"age":1},{"age":-1}]}""")));

        Assert.Equal(
            new SchemaViolation(
                "/pet~1s/1/age",
                "/$defs/Pet/properties/age/minimum",
                "minimum",
                "/pet~1s/1/age must be at least 0, is -1"
            ),
            violation
        );
    }

    [Fact]
    public void Violations_are_not_a_flood()
    {
        var schema = JsonSchema.Compile(JsonElement.Parse("""{"items":{"type":"string"}}"""));
        var instance = JsonElement.Parse($"[{string.Join(',', Enumerable.Range(0, 5000))}]");

        Assert.Equal(100, schema.Evaluate(instance).Count);
    }
}
