using McpRuntime.Manifests;

namespace McpRuntime.Tests.OpenApi.Reading;

/// <summary>OpenAPI 3.2 section 4.12.2.2 (Style Values) and 2.0's collectionFormat, cell by cell.</summary>
public class StyleTests
{
    [Theory]
    [InlineData("path", "", null, null, ArrayDelimiter.Comma)]
    [InlineData("path", "style: simple", null, null, ArrayDelimiter.Comma)]
    [InlineData("path", "style: simple, explode: true", null, true, ArrayDelimiter.Comma)]
    [InlineData("path", "style: label", ParameterStyle.Label, null, ArrayDelimiter.Comma)]
    [InlineData("path", "style: label, explode: true", ParameterStyle.Label, true, ArrayDelimiter.Comma)]
    [InlineData("path", "style: matrix", ParameterStyle.Matrix, null, ArrayDelimiter.Comma)]
    [InlineData("path", "style: matrix, explode: true", ParameterStyle.Matrix, true, ArrayDelimiter.Comma)]
    [InlineData("query", "", null, null, ArrayDelimiter.Comma)]
    [InlineData("query", "style: form", null, null, ArrayDelimiter.Comma)]
    [InlineData("query", "style: form, explode: false", null, false, ArrayDelimiter.Comma)]
    [InlineData("query", "style: spaceDelimited", ParameterStyle.Form, false, ArrayDelimiter.Space)]
    [InlineData("query", "style: spaceDelimited, explode: true", ParameterStyle.Form, true, ArrayDelimiter.Space)]
    [InlineData("query", "style: pipeDelimited", ParameterStyle.Form, false, ArrayDelimiter.Pipe)]
    [InlineData("query", "style: pipeDelimited, explode: true", ParameterStyle.Form, true, ArrayDelimiter.Pipe)]
    [InlineData("query", "style: deepObject", ParameterStyle.DeepObject, null, ArrayDelimiter.Comma)]
    [InlineData("query", "style: deepObject, explode: true", ParameterStyle.DeepObject, null, ArrayDelimiter.Comma)]
    [InlineData("header", "", null, null, ArrayDelimiter.Comma)]
    [InlineData("header", "style: simple, explode: true", null, true, ArrayDelimiter.Comma)]
    [InlineData("cookie", "", null, null, ArrayDelimiter.Comma)]
    [InlineData("cookie", "style: form, explode: false", null, false, ArrayDelimiter.Comma)]
    [InlineData("cookie", "style: cookie", ParameterStyle.Cookie, null, ArrayDelimiter.Comma)]
    public async Task Style_and_explode_reach_the_manifest(
        string place,
        string words,
        ParameterStyle? style,
        bool? explode,
        ArrayDelimiter delimiter
    )
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                $"parameters: [ {{ name: v, in: {place}, required: true, schema: {{ type: array, items: {{ type: string }} }}, {words} }} ]",
                version: "3.2.0",
                path: place == "path" ? "/things/{v}" : "/things"
            )
        );
        var binding = tool.Arguments!["v"];
        Assert.Equal((style, explode, delimiter), (binding.Style, binding.Explode, binding.Delimiter));
    }

    [Theory]
    [InlineData("query", "", false, ArrayDelimiter.Comma)]
    [InlineData("query", "collectionFormat: csv", false, ArrayDelimiter.Comma)]
    [InlineData("query", "collectionFormat: ssv", false, ArrayDelimiter.Space)]
    [InlineData("query", "collectionFormat: tsv", false, ArrayDelimiter.Tab)]
    [InlineData("query", "collectionFormat: pipes", false, ArrayDelimiter.Pipe)]
    [InlineData("query", "collectionFormat: multi", null, ArrayDelimiter.Comma)]
    [InlineData("path", "collectionFormat: csv", null, ArrayDelimiter.Comma)]
    [InlineData("path", "collectionFormat: pipes", null, ArrayDelimiter.Pipe)]
    [InlineData("header", "collectionFormat: ssv", null, ArrayDelimiter.Space)]
    public async Task Collection_format_of_2_0(string place, string words, bool? explode, ArrayDelimiter delimiter)
    {
        var tool = await Importing.ImportToolAsync(
            Swagger2Tests.Document(
                $"parameters: [ {{ name: v, in: {place}, required: true, type: array, items: {{ type: string }}, {words} }} ]",
                path: place == "path" ? "/things/{v}" : "/things"
            )
        );
        var binding = tool.Arguments!["v"];
        Assert.Equal((null, explode, delimiter), (binding.Style, binding.Explode, binding.Delimiter));
    }

    [Theory]
    [InlineData("query", "style: label")]
    [InlineData("path", "style: form")]
    [InlineData("header", "style: deepObject")]
    [InlineData("cookie", "style: pipeDelimited")]
    public async Task A_style_that_the_place_does_not_have_is_reported(string place, string words)
    {
        var result = await Importing.ImportAsync(
            Importing.Document(
                $"parameters: [ {{ name: v, in: {place}, required: true, schema: {{ type: string }}, {words} }} ]",
                path: place == "path" ? "/things/{v}" : "/things"
            )
        );
        Assert.Null(result.Manifest!.Tools[0].Arguments!["v"].Style);
        var finding = Assert.Single(result.Findings);
        Assert.Equal(
            ("parameter-style", "/paths/~1things" + (place == "path" ? "~1{v}" : "") + "/get/parameters/0"),
            (finding.RuleId, finding.Pointer)
        );
    }

    [Fact]
    public async Task Reserved_and_empty_values_and_content()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                """
                parameters: [
                  { name: raw, in: query, allowReserved: true, schema: { type: string } },
                  { name: flag, in: query, allowEmptyValue: true, schema: { type: string } },
                  { name: filter, in: query, content: { application/json: { schema: { type: object } } } } ]
                """
            )
        );
        Assert.True(tool.Arguments!["raw"].AllowReserved);
        Assert.True(tool.Arguments["flag"].AllowEmpty);
        Assert.Equal("application/json", tool.Arguments["filter"].ContentType);
        Importing.AssertJson("""{"type":"object"}""", tool.Argument("filter"));
    }

    [Fact]
    public async Task The_whole_query_string_is_one_argument()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                "parameters: [ { name: q, in: querystring, content: { application/x-www-form-urlencoded: { schema: { type: object } } } } ]",
                version: "3.2.0"
            )
        );
        Assert.Equal(
            new ArgumentBinding
            {
                In = ArgumentLocation.QueryString,
                ContentType = "application/x-www-form-urlencoded",
            },
            tool.Arguments!["q"]
        );
    }
}
