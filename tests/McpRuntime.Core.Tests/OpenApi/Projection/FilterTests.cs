using McpRuntime.OpenApi;

namespace McpRuntime.Tests.OpenApi.Projection;

public class FilterTests
{
    private const string Document = """
        openapi: 3.1.1
        info: { title: T, version: 1.0.0 }
        servers: [ { url: 'https://a.test' } ]
        paths:
          /pets: { get: { operationId: listPets, tags: [Pets] }, post: { operationId: addPet, tags: [pets, write] } }
          /pets/{id}: { get: { operationId: getPet, tags: [pets], deprecated: true } }
          /orders: { get: { operationId: listOrders } }
        """;

    public static TheoryData<string, ImportOptions> Choices() =>
        new()
        {
            { "list_pets add_pet get_pet list_orders", new() },
            {
                "list_pets add_pet",
                new() { IncludePaths = ["/pets"] }
            },
            {
                "list_pets add_pet get_pet",
                new() { IncludePaths = ["/pets/**"] }
            },
            {
                "list_orders",
                new() { ExcludePaths = ["/pets", "/pets/*"] }
            },
            {
                "list_pets add_pet get_pet",
                new() { IncludeTags = ["PETS"] }
            },
            {
                "list_pets get_pet",
                new() { IncludeTags = ["pets"], ExcludeTags = ["write"] }
            },
            {
                "list_pets list_orders",
                new() { IncludeOperations = ["list*"] }
            },
            {
                "add_pet",
                new() { Methods = ["post"] }
            },
            {
                "list_pets get_pet list_orders",
                new() { ReadOnly = true }
            },
            {
                "list_pets add_pet list_orders",
                new() { SkipDeprecated = true }
            },
            {
                "list_pets add_pet",
                new() { MaxTools = 2 }
            },
        };

    [Theory]
    [MemberData(nameof(Choices), DisableDiscoveryEnumeration = true)]
    public async Task What_is_not_chosen_is_skipped_with_its_reason(string expected, ImportOptions options)
    {
        var result = await Importing.ImportAsync(Document, options);
        Assert.Equal(expected, string.Join(' ', result.Tools.Select(tool => tool.Name)));
        Assert.Equal(4 - result.Tools.Count, result.Skipped.Count);
        Assert.All(result.Skipped, skipped => Assert.NotEmpty(skipped.Reason));
    }

    [Fact]
    public async Task Nothing_chosen_is_an_error()
    {
        var result = await Importing.ImportAsync(
            Document,
            new ImportOptions { IncludePaths = ["/none"], ReadOnly = true }
        );
        Assert.Null(result.Manifest);
        Assert.Equal(
            "No operation matched. Relax the included paths or only operations that read.",
            Assert.Single(result.Findings).Message
        );
    }

    [Fact]
    public async Task Operations_that_cannot_be_imported_are_an_error_with_the_first_reason()
    {
        var result = await Importing.ImportAsync(
            Document.Replace("operationId: ", "x-mcp: false, operationId: ", StringComparison.Ordinal)
        );
        Assert.Null(result.Manifest);
        Assert.Equal("No operation became a tool: GET /pets: x-mcp: false.", Assert.Single(result.Findings).Message);
    }

    [Fact]
    public async Task Many_tools_are_a_warning()
    {
        var paths = string.Concat(Enumerable.Range(0, 51).Select(i => $"\n  /p{i}: {{ get: {{}} }}"));
        var result = await Importing.ImportAsync(
            Document[..Document.IndexOf("\n  /pets:", StringComparison.Ordinal)] + paths
        );
        var finding = Assert.Single(result.Findings);
        Assert.Equal("many-tools", finding.RuleId);
        Assert.Contains(
            "Import fewer with the included paths, the included tags",
            finding.Message,
            StringComparison.Ordinal
        );
    }
}
