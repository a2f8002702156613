using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;

namespace McpRuntime.Tests.Json.Schemas.Compilation;

public class SchemaCheckTests
{
    public static TheoryData<string, string, string> Problems =>
        new()
        {
            { "\"a\"", "", "must be a schema, which is an object, true or false; is a string" },
            {
                """{"properties":{"a":5}}""",
                "/properties/a",
                "must be a schema, which is an object, true or false; is a number"
            },
            { """{"items":[true]}""", "/items", "must be a schema, which is an object, true or false; is an array" },
            { """{"allOf":[]}""", "/allOf", "must be an array of at least one schema, is []" },
            { """{"anyOf":[1]}""", "/anyOf/0", "must be a schema, which is an object, true or false; is a number" },
            { """{"properties":[]}""", "/properties", "must be an object whose members are schemas, is []" },
            {
                """{"type":"strung"}""",
                "/type",
                "must be array, boolean, integer, null, number, object or string, is \"strung\""
            },
            { """{"type":["string","string"]}""", "/type/1", "names \"string\" a second time" },
            { """{"type":[]}""", "/type", "must be array, boolean, integer, null, number, object or string, is []" },
            { """{"minLength":-1}""", "/minLength", "must be a non-negative integer, is -1" },
            { """{"minItems":1.5}""", "/minItems", "must be a non-negative integer, is 1.5" },
            { """{"minimum":"1"}""", "/minimum", "must be a number, is \"1\"" },
            { """{"exclusiveMinimum":true}""", "/exclusiveMinimum", "must be a number, is true" },
            { """{"multipleOf":0}""", "/multipleOf", "must be a number greater than 0 with at most 2000 digits, is 0" },
            { """{"uniqueItems":"yes"}""", "/uniqueItems", "must be true or false, is \"yes\"" },
            { """{"required":true}""", "/required", "must be an array of names, is true" },
            { """{"required":["a",1,"a"]}""", "/required/1", "must be a name in quotes, is 1" },
            { """{"dependentRequired":{"a":"b"}}""", "/dependentRequired/a", "must be an array of names, is \"b\"" },
            {
                """{"dependentRequired":[]}""",
                "/dependentRequired",
                "must be an object whose members are arrays of names, is []"
            },
            { """{"enum":"a"}""", "/enum", "must be an array, is \"a\"" },
            { """{"description":1}""", "/description", "must be a string, is 1" },
            { """{"$ref":1}""", "/$ref", "must be a string, is 1" },
            { """{"$ref":"#/$defs/none"}""", "/$ref", "refers to #/$defs/none, which does not exist in the schema" },
            { """{"$ref":"#none"}""", "/$ref", "refers to #none, which does not exist in the schema" },
            {
                """{"$ref":"#/type","type":"object"}""",
                "/$ref",
                "refers to #/type, which does not exist in the schema"
            },
            {
                """{"$ref":"http://169.254.169.254/x"}""",
                "/$ref",
                "refers to http://169.254.169.254/x, which is outside of the schema; nothing is fetched"
            },
            {
                """{"$ref":"other.json"}""",
                "/$ref",
                "refers to other.json, which is outside of the schema; nothing is fetched"
            },
            {
                """{"patternProperties":{"a/[":true}}""",
                "/patternProperties/a~1[",
                "is not a regular expression of ECMA-262: a '[' is not closed; is a/["
            },
            { """{"$id":"a#b"}""", "/$id", "must be a URI reference without fragment, is \"a#b\"" },
            {
                """{"$anchor":"1"}""",
                "/$anchor",
                "must be a name of letters, digits, '-', '_' and '.' that begins with a letter or '_', is \"1\""
            },
            { """{"$vocabulary":[]}""", "/$vocabulary", "must be an object, is []" },
            { """{"$ref":"#"}""", "", "refers only to itself, so it has no effect" },
            {
                """{"not":{"$ref":"#/$defs/a"},"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""",
                "/$defs/a",
                "refers only to itself, so it has no effect"
            },
        };

    public static TheoryData<string> Schemas =>
        [
            "true",
            "false",
            "{}",
            """{"type":["string","null"],"minLength":2.0,"maxLength":1e2,"x-anything":{"type":1},"example":{"$ref":"#/nowhere"}}""",
            """{"enum":[],"default":{"type":1},"const":{"$ref":"#/nowhere"}}""",
            """{"properties":{"child":{"$ref":"#"},"type":{"type":"string"}},"items":{"$ref":"#/properties/child"}}""",
            """{"$ref":"#/$defs/a~1b%20c","$defs":{"a/b c":{"type":"string"}}}""",
            """{"$ref":"#here","$defs":{"a":{"$anchor":"here"}}}""",
            """{"$ref":"https://json-schema.org/draft/2020-12/schema"}""",
            """{"$id":"https://example.com/a","$ref":"b#/properties/x","$defs":{"b":{"$id":"b","properties":{"x":true}}}}""",
            """{"allOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}],"$defs":{"a":{"properties":{"b":{"$ref":"#/$defs/a"}}}}}""",
        ];

    [Theory]
    [MemberData(nameof(Problems))]
    public void Problem_has_its_place_and_its_reason(string schema, string pointer, string message) =>
        Assert.Contains(new SchemaProblem(pointer, message), JsonSchema.Check(JsonElement.Parse(schema)));

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Usable_schema_has_no_problem(string schema) =>
        Assert.Empty(JsonSchema.Check(JsonElement.Parse(schema)));

    [Fact]
    public void All_problems_are_reported_at_once_in_their_order()
    {
        var problems = JsonSchema.Check(
            JsonElement.Parse(
                """{"type":"strung","properties":{"a":{"minimum":"x","pattern":"("},"b":{"$ref":"#/b"}},"required":{}}"""
            )
        );

        Assert.Equal(
            ["/type", "/properties/a/minimum", "/properties/a/pattern", "/properties/b/$ref", "/required"],
            problems.Select(p => p.Pointer)
        );
        Assert.All(problems, p => Assert.Equal(FindingSeverity.Error, p.Severity));
    }
}
