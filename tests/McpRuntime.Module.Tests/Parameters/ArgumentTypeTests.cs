using System.Text.Json;
using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Module.Tests.Parameters;

/// <summary>The type of a parameter, from the schema of its argument.</summary>
public sealed class ArgumentTypeTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "string")]
    [InlineData("""{"type":"string","format":"date-time"}""", "string")]
    [InlineData("""{"type":"string","format":"uri"}""", "uri")]
    [InlineData("""{"type":"integer"}""", "long")]
    [InlineData("""{"type":"integer","format":"int32"}""", "int")]
    [InlineData("""{"type":"integer","format":"int64"}""", "long")]
    [InlineData("""{"type":"integer","maximum":18446744073709551615}""", "bigint")]
    [InlineData("""{"type":"number"}""", "decimal")]
    [InlineData("""{"type":["integer","number"]}""", "decimal")]
    [InlineData("""{"type":"boolean"}""", "switch")]
    [InlineData("""{"type":["boolean","null"]}""", "switch")]
    [InlineData("""{"type":"object"}""", "hashtable")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "string[]")]
    [InlineData("""{"type":"array","items":{"type":"boolean"}}""", "bool[]")]
    [InlineData("""{"type":"array","items":{"type":"integer","format":"int32"}}""", "int[]")]
    [InlineData("""{"type":"array","items":{"type":["object","null"]}}""", "hashtable[]")]
    [InlineData("""{"type":"array","items":{"type":"array","items":{"type":"string"}}}""", "object[][]")]
    [InlineData("""{"type":"array"}""", "object[]")]
    [InlineData("""{"type":"array","items":{"type":["string","integer"]}}""", "object[]")]
    // Through references and compositions.
    [InlineData("""{"$ref":"#/$defs/Text"}""", "string")]
    [InlineData("""{"$ref":"#/$defs/ToText"}""", "string")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/Text"}]}""", "string")]
    [InlineData("""{"allOf":[{"type":["string","null"]},{"minLength":1}],"description":"x"}""", "string")]
    [InlineData("""{"allOf":[{"type":["string","integer"]},{"type":["integer","null"]}]}""", "long")]
    [InlineData("""{"allOf":[{"type":"number"},{"type":"integer"}]}""", "long")]
    [InlineData("""{"anyOf":[{"$ref":"#/$defs/Text"},{"type":"null"}]}""", "string")]
    [InlineData("""{"oneOf":[{"type":"null"},{"$ref":"#/$defs/Thing"}]}""", "hashtable")]
    [InlineData("""{"oneOf":[{"$ref":"#/$defs/Thing"},{"type":"object"}]}""", "hashtable")]
    [InlineData("""{"type":"string","anyOf":[{"pattern":"^a"},{"pattern":"^b"}]}""", "string")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}""", "string[]")]
    [InlineData(
        """{"anyOf":[{"type":"string"},{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"null"}]}}]}""",
        "string[]"
    )]
    // By what is listed, and by keywords that are made for one type.
    [InlineData("""{"const":5}""", "long")]
    [InlineData("""{"enum":["a","b",null]}""", "string")]
    [InlineData("""{"enum":[true,false]}""", "switch")]
    [InlineData("""{"enum":[1,2.5]}""", "decimal")]
    [InlineData("""{"properties":{"a":{}}}""", "hashtable")]
    [InlineData("""{"items":{"type":"string"}}""", "string[]")]
    [InlineData("""{"minLength":1}""", "string")]
    [InlineData("""{"minimum":1}""", "decimal")]
    // What is left: any value, several types, files.
    [InlineData("""{}""", "object")]
    [InlineData("true", "object")]
    [InlineData("""{"anyOf":[{"type":"string"},{}]}""", "object")]
    [InlineData("""{"type":["string","integer"]}""", "object")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"integer"}}]}""", "object")]
    [InlineData("""{"type":"object","properties":{"filename":{},"base64":{}}}""", "object")]
    [InlineData("""{"$ref":"#/$defs/None"}""", "object")]
    [InlineData("""{"$ref":"#/$defs/Itself"}""", "object")]
    public void Is_what_the_schema_says_through_everything_in_it(string schema, string type)
    {
        const string Root = """
            {"properties":{"x":SCHEMA},"$defs":{"Text":{"type":"string"},"ToText":{"$ref":"#/$defs/Text"},"Thing":{"type":"object"},"Itself":{"anyOf":[{"$ref":"#/$defs/Itself"}]}}}
            """;
        var argument = Assert.Single(
            new ToolArguments(JsonElement.Parse(Root.Replace("SCHEMA", schema, StringComparison.Ordinal))).All
        );
        Assert.Equal(type, ArgumentType.NameOf(argument.Type));
    }

    [Fact]
    public void Alternatives_that_never_end_are_looked_at_for_a_bounded_time()
    {
        var branches = string.Join(',', Enumerable.Repeat("""{"$ref":"#/$defs/A"}""", 20));
        var root = JsonElement.Parse(
            """{"properties":{"x":{"$ref":"#/$defs/A"}},"$defs":{"A":{"anyOf":[BRANCHES],"oneOf":[BRANCHES]}}}""".Replace(
                "BRANCHES",
                branches,
                StringComparison.Ordinal
            )
        );
        Assert.Equal(typeof(object), Assert.Single(new ToolArguments(root).All).Type);
        Assert.Empty(new ToolArguments(root).All[0].Choices.Values);
    }
}
