using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Costs;
using McpRuntime.Tests.OpenApi;

namespace McpRuntime.Tests.Connectors.Costs;

public class ToolCostTests
{
    private const string Long = "a sentence of some words that takes tokens wherever it is found in an entry";

    [Theory]
    [InlineData("title", "text")]
    [InlineData("description", "text")]
    [InlineData("_meta", "annotations")]
    public void A_text_counts_for_its_part(string member, string part)
    {
        var without = Cost("""{"name":"a","inputSchema":{"type":"object"}}""");
        var with = Cost($$$"""{"name":"a","inputSchema":{"type":"object"},"{{{member}}}":"{{{Long}}}"}""");

        Assert.Equal([part], Grown(without, with));
    }

    [Theory]
    [InlineData("""{"type":"object","description":"LONG"}""", null, "input_schema")]
    [InlineData("""{"type":"object","$defs":{"A":{"description":"LONG"}}}""", null, "definitions")]
    [InlineData("""{"type":"object"}""", """{"type":"object","description":"LONG"}""", "output_schema")]
    [InlineData("""{"type":"object"}""", """{"$defs":{"A":{"description":"LONG"}}}""", "definitions")]
    public void A_schema_counts_without_its_definitions(string input, string? output, string part)
    {
        static string Entry(string input, string? output) =>
            $"{{\"name\":\"a\",\"inputSchema\":{input}{(output is null ? "" : ",\"outputSchema\":" + output)}}}";

        var without = Cost(Entry(input, output).Replace("LONG", "", StringComparison.Ordinal));
        var with = Cost(Entry(input, output).Replace("LONG", Long, StringComparison.Ordinal));

        Assert.Equal([part], Grown(without, with));
    }

    [Fact]
    public async Task A_connector_costs_what_its_tools_cost_and_tags_count_each_of_their_tools()
    {
        var result = await Importing.ImportAsync(
            """
            openapi: 3.1.0
            info: { title: T, version: '1' }
            servers: [ { url: 'https://t.test' } ]
            paths:
              /a: { get: { operationId: small, tags: [x], responses: { '200': { description: d } } } }
              /b: { get: { operationId: large, tags: [x, y], description: "A description that makes this tool cost more than the other one.", responses: { '200': { description: d } } } }
              /c: { get: { operationId: bare, responses: { '200': { description: d } } } }
            """
        );

        var cost = Assert.Single(
            CatalogCost.Of(ToolCatalog.Create([result.Manifest!]), withOutputSchemas: false).Connectors
        );

        Assert.Equal("large", cost.Tools[0].Tool.Name);
        Assert.Equal(cost.Tools.Sum(tool => tool.Cost.Total), cost.Total.Total);
        var tags = cost.Tags.ToDictionary(tag => tag.Tag ?? "", tag => (tag.Tools, tag.Cost.Total));
        var bare = cost.Tools.Single(tool => tool.Tool.Name == "bare").Cost.Total;
        Assert.Equal((2, cost.Total.Total - bare), tags["x"]);
        Assert.Equal((1, cost.Tools[0].Cost.Total), tags["y"]);
        Assert.Equal((1, bare), tags[""]);
    }

    private static ToolCost Cost(string entry) => ToolCost.Of(JsonElement.Parse(entry));

    private static IEnumerable<string> Grown(ToolCost without, ToolCost with) =>
        without
            .Parts.Zip(with.Parts)
            .Where(pair => pair.Second.Tokens > pair.First.Tokens)
            .Select(pair => pair.First.Name);
}
