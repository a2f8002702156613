using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Parameters.Examples;

namespace McpRuntime.Module.Tests.Parameters.Examples;

/// <summary>The call to start from.</summary>
public sealed class ExampleCallTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "-x example")]
    [InlineData("""{"type":"string","examples":["Rex"]}""", "-x Rex")]
    [InlineData("""{"type":"string","examples":["it's"]}""", "-x 'it''s'")]
    [InlineData("""{"type":"string","examples":["it’s"]}""", "-x 'it’’s'")]
    [InlineData("""{"type":"string","examples":["a\nb"]}""", "-x example")]
    [InlineData("""{"type":"string","examples":["007"]}""", "-x '007'")]
    [InlineData("""{"type":"string","examples":["$(rm)"]}""", "-x '$(rm)'")]
    [InlineData("""{"type":"string","maxLength":3,"examples":["too long"]}""", "-x exa")]
    [InlineData("""{"type":"string","minLength":10}""", "-x exampleeee")]
    [InlineData("""{"type":"string","format":"date"}""", "-x '2024-03-01'")]
    [InlineData("""{"type":"string","enum":["b","a"]}""", "-x b")]
    [InlineData("""{"type":"integer"}""", "-x 1")]
    [InlineData("""{"type":"integer","minimum":7,"multipleOf":5}""", "-x 10")]
    [InlineData("""{"type":"integer","maximum":-3}""", "-x -3")]
    [InlineData("""{"type":"boolean"}""", "-x")]
    [InlineData("""{"const":false,"type":"boolean"}""", null)]
    [InlineData("""{"enum":[false,null]}""", "-x:$false")]
    [InlineData("""{"type":"array","items":{"type":"string"},"minItems":2}""", "-x example, example")]
    [InlineData(
        """{"type":"array","items":{"type":"string"},"minItems":2,"uniqueItems":true}""",
        "-x example, example1"
    )]
    [InlineData(
        """{"type":"object","properties":{"a b":{"type":"integer"},"c":{"type":"boolean"}},"required":["a b","c"]}""",
        "-x @{ 'a b' = 1; c = $true }"
    )]
    [InlineData("""{"type":"object"}""", "-x @{}")]
    [InlineData("""{"anyOf":[{"type":"null"},{"type":"integer"}]}""", "-x 1")]
    [InlineData(
        """{"type":"object","properties":{"filename":{"type":"string"},"text":{"type":"string"},"base64":{"type":"string"}}}""",
        "-x @{ filename = 'example.txt'; text = 'example' }"
    )]
    public void Has_a_value_that_fits(string schema, string? given) =>
        Assert.Equal(
            given is null ? "Invoke-McpTool t" : $"Invoke-McpTool t {given}",
            Call(
                """{"properties":{"x":SCHEMA,"y":{}},"required":["x"]}""".Replace(
                    "SCHEMA",
                    schema,
                    StringComparison.Ordinal
                )
            )
        );

    [Fact]
    public void Is_one_parameter_a_line_where_one_line_is_too_long()
    {
        var call = Call(
            """
            {"properties":{"first":{"examples":["a value of many words that takes most of a line"],"type":"string"},"on":{"type":"boolean"},
             "body":{"type":"object","properties":{"one":{"examples":["a value of many words that takes most of it"],"type":"string"},"two":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}}},"required":["one","two"]}},
             "required":["first","on","body"]}
            """
        );
        Assert.Equal(
            """
            Invoke-McpTool t `
                -first 'a value of many words that takes most of a line' `
                -on `
                -body @{
                    one = 'a value of many words that takes most of it'
                    two = @(@{ n = 1 })
                }
            """.ReplaceLineEndings("\n"),
            call
        );
    }

    [Theory]
    [InlineData("^[A-Z]{3}-\\d{2,}$")]
    [InlineData("^(?:foo|bar)[a-z]?$")]
    [InlineData("^[^/]+/[^/]+$")]
    [InlineData("^\\+?[1-9]\\d{1,14}$")]
    [InlineData("^[-_a-z]+$")]
    [InlineData("^#?[0-9a-fA-F]{6}$")]
    [InlineData("^https?://")]
    [InlineData("\\p{L}+")]
    [InlineData("(?<year>\\d{4})-(?<month>\\d\\d)")]
    public void A_pattern_gives_a_text_that_it_matches(string pattern) =>
        Assert.Matches(new Regex(pattern), PatternText.Make(pattern));

    [Theory]
    [InlineData("a{1000000000}")]
    [InlineData("((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((")]
    [InlineData("(a{99999}){99999}")]
    [InlineData("[")]
    [InlineData("\\")]
    [InlineData("(?")]
    [InlineData("a{")]
    public void A_hostile_pattern_gives_a_short_text(string pattern) =>
        Assert.InRange(PatternText.Make(pattern).Length, 0, 1000);

    private static string Call(string schema)
    {
        var tool = new ToolArguments(JsonElement.Parse(schema));
        return ExampleCall.Of("t", tool, new ParameterNames(tool, _ => false), "");
    }
}
