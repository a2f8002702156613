using System.Text.Json;
using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Module.Tests.Parameters;

/// <summary>What is required, what may be chosen, and what is said about the arguments of a tool.</summary>
public sealed class ToolArgumentsTests
{
    [Fact]
    public void Required_is_what_the_call_does_not_fill_in()
    {
        var tool = Tool(
            """
            {"properties":{"a":{},"b":{"const":1},"c":{"enum":["x"]},"d":{"default":5},"e":{},"f":{}},"required":["a","b","c","d"],
             "allOf":[{"required":["e"]}],"anyOf":[{"required":["f"]},{"required":["a"]}]}
            """
        );
        Assert.Equal(["a", "e"], tool.Missing(_ => false).Select(argument => argument.Name));
        Assert.Equal(["e"], tool.Missing(name => name == "a").Select(argument => argument.Name));
        Assert.Equal(
            ["1", "\"x\"", "5"],
            tool.All.Where(argument => argument.FilledIn is not null)
                .Select(argument => argument.FilledIn!.Value.GetRawText())
        );
    }

    [Theory]
    [InlineData("""{"enum":["a","b"]}""", "a b", true)]
    [InlineData("""{"const":"a"}""", "a", true)]
    [InlineData("""{"type":"array","items":{"$ref":"#/$defs/E"}}""", "a b c", true)]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/E"},{"enum":["b","c","d"]}]}""", "b c", true)]
    [InlineData("""{"anyOf":[{"$ref":"#/$defs/E"},{"type":"null"}]}""", "a b c", true)]
    [InlineData("""{"anyOf":[{"$ref":"#/$defs/E"},{"const":"d"}]}""", "a b c d", true)]
    [InlineData("""{"anyOf":[{"$ref":"#/$defs/E"},{"type":"string"}]}""", "a b c", false)]
    [InlineData("""{"enum":["a"],"allOf":[{"enum":["z"]}]}""", "a z", true)]
    [InlineData("""{"type":"string"}""", "", false)]
    public void Choices_are_those_of_all_that_applies(string schema, string choices, bool isClosed)
    {
        var argument = Tool(
            """{"properties":{"x":SCHEMA},"$defs":{"E":{"enum":["a","b","c"]}}}""".Replace(
                "SCHEMA",
                schema,
                StringComparison.Ordinal
            )
        ).All[0];
        Assert.Equal(choices, string.Join(' ', argument.Choices.Values.Select(value => value.GetString())));
        Assert.Equal(isClosed, argument.Choices.IsClosed);
    }

    [Fact]
    public void Names_are_found_in_any_case_where_one_is_meant()
    {
        var tool = Tool("""{"properties":{"petId":{},"Page":{},"page":{}}}""");
        Assert.Equal("petId", tool.Resolve("PETID"));
        Assert.Equal("page", tool.Resolve("page"));
        Assert.Equal("PAGE", tool.Resolve("PAGE"));
        Assert.Equal("other", tool.Resolve("other"));
    }

    [Fact]
    public void Limits_are_reported_in_words() =>
        Assert.Equal(
            [
                "1 to 5",
                "more than 0",
                "a multiple of 0.5",
                "at least 2 characters",
                "3 items",
                "at most 4 keys",
                "no item twice",
                "matches ^a$",
                "format date",
            ],
            ValueLimits.Of(
                Tool(
                    """
                    {"properties":{"x":{"minimum":1,"maximum":5,"exclusiveMinimum":0,"multipleOf":0.5,"minLength":2,"minItems":3,"maxItems":3,
                     "maxProperties":4,"uniqueItems":true,"pattern":"^a$","format":"date"}}}
                    """
                )
                    .All[0]
                    .Schema
            )
        );

    [Theory]
    [InlineData(
        """{"type":"object","properties":{"id":{"type":"integer"},"on":{"type":"boolean"}}}""",
        "An object with id <long>, on <bool>."
    )]
    [InlineData(
        """{"type":"array","items":{"$ref":"#/$defs/T"},"$defs":{"T":{"type":"object","properties":{"a":{"type":"array","items":{"type":"string"}}}}}}""",
        "A list of objects with a <string[]>."
    )]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "A list of string.")]
    [InlineData("""{"type":"array"}""", "A list.")]
    [InlineData("""{"type":"string"}""", "A value of type string.")]
    [InlineData("{}", null)]
    [InlineData("true", null)]
    public void Output_is_summed_up(string schema, string? summary) =>
        Assert.Equal(summary, ValueSummary.OfOutput(JsonElement.Parse(schema)));

    private static ToolArguments Tool(string schema) => new(JsonElement.Parse(schema));
}
