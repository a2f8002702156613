using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Import;
using McpRuntime.Import.Comparison;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Import;

/// <summary>What an agent or an operator feels of a new import, and the choice of its tools.</summary>
public class ReimportTests
{
    private const string Paths = """
        "/pets":{"get":{"operationId":"listPets","parameters":[
          {"name":"sort","in":"query","schema":{"type":"string","enum":["name","age","price"]}},
          {"name":"kind","in":"query","schema":{"type":"string"}}],
          "security":[{"login":["read"]}]},
         "post":{"operationId":"createPet","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}}}},
        "/owners":{"get":{"operationId":"listOwners","responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Owner"}}}}}}}
        """;

    [Theory]
    [InlineData("\"age\",\"price\"", "\"age\"", "argument 'sort'", true, "no longer accepts \"price\"")]
    [InlineData(
        """{"name":"kind","in":"query","schema":{"type":"string"}}""",
        """{"name":"kind","in":"query","schema":{"type":"string","enum":["cat"]}}""",
        "argument 'kind'",
        true,
        "accepts only \"cat\""
    )]
    [InlineData(
        """{"name":"kind","in":"query","schema":{"type":"string"}}""",
        """{"name":"kind","in":"query","schema":{"type":"string"}},{"name":"shop","in":"query","required":true,"schema":{"type":"string"}}""",
        "argument 'shop'",
        true,
        "new and required"
    )]
    [InlineData("""["read"]""", """["read","write"]""", "security", true, "new scopes: write")]
    public async Task It_says_what_changed_for_an_agent(
        string before,
        string after,
        string what,
        bool isBreaking,
        string message
    )
    {
        var difference = await CompareAsync(Paths.Replace(before, after, StringComparison.Ordinal));

        var change = Assert.Single(Assert.Single(difference.Changed).Changes, change => change.What == what);
        Assert.Equal(isBreaking, change.IsBreaking);
        Assert.Contains(message, change.Message);
        Assert.True(difference.IsBreaking);
    }

    [Theory]
    [InlineData("\"/owners\":{\"get\"", "\"/owners\":{\"post\"", true, "was GET /owners and is POST /owners")]
    [InlineData("\"/owners\"", "\"/v2/owners\"", false, "was GET /owners and is GET /v2/owners")]
    public async Task A_tool_keeps_its_name_when_its_endpoint_moves(
        string before,
        string after,
        bool isBreaking,
        string message
    )
    {
        var difference = await CompareAsync(Paths.Replace(before, after, StringComparison.Ordinal));

        var tool = Assert.Single(difference.Changed);
        Assert.Equal("list_owners", tool.Name);
        var change = Assert.Single(tool.Changes, change => change.What == "endpoint");
        Assert.Equal(isBreaking, change.IsBreaking);
        Assert.Contains(message, change.Message);
        Assert.Empty(difference.Added);
        Assert.Empty(difference.Removed);
    }

    [Fact]
    public async Task A_tool_at_another_server_is_named()
    {
        var difference = await CompareAsync(
            Paths.Replace(
                "\"operationId\":\"listOwners\"",
                "\"operationId\":\"listOwners\",\"servers\":[{\"url\":\"https://elsewhere.example\"}]",
                StringComparison.Ordinal
            )
        );

        var change = Assert.Single(Assert.Single(difference.Changed).Changes);
        Assert.Equal(("server", true), (change.What, change.IsBreaking));
        Assert.Contains("https://elsewhere.example", change.Message);
    }

    [Fact]
    public async Task A_choice_takes_tools_and_the_shared_schemas_that_they_need()
    {
        var import = await ImportAsync(Paths);
        Assert.Equal(["Owner", "Pet"], import.Manifest!.Definitions.Keys.Order());

        var chosen = ImportedTools.Of(import, tool => tool.Name == "list_owners");

        Assert.Equal(["list_owners"], chosen.Manifest!.Tools.Select(tool => tool.Name));
        Assert.Equal(["list_owners"], chosen.Tools.Select(tool => tool.Name));
        Assert.Equal(["Owner"], chosen.Manifest.Definitions.Keys);
        Assert.True(ManifestReader.Read(ManifestWriter.ToUtf8(chosen.Manifest), "chosen").IsValid);
    }

    private static async Task<ManifestDifference> CompareAsync(string paths)
    {
        var existing = (await ImportAsync(Paths)).Manifest!;
        return Reimport.Over(existing, await ImportAsync(paths)).Difference!;
    }

    private static Task<ImportResult> ImportAsync(string paths)
    {
        var text =
            "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Pets\",\"version\":\"1.0.0\"},"
            + "\"servers\":[{\"url\":\"https://pets.example\"}],\"components\":{\"schemas\":{"
            + "\"Pet\":{\"oneOf\":[{\"type\":\"object\",\"properties\":{\"parent\":{\"$ref\":\"#/components/schemas/Pet\"}}},{\"type\":\"string\"}]},"
            + "\"Owner\":{\"type\":\"object\",\"properties\":{\"boss\":{\"$ref\":\"#/components/schemas/Owner\"}}}},"
            + "\"securitySchemes\":{\"login\":{\"type\":\"oauth2\",\"flows\":{\"clientCredentials\":{"
            + "\"tokenUrl\":\"https://pets.example/token\",\"scopes\":{\"read\":\"\",\"write\":\"\"}}}}}},"
            + $"\"paths\":{{{paths}}}}}";
        return new OpenApiImporter(new DocumentLoader(new DocumentLimits())).ImportAsync(
            new DocumentSource.FromStream("pets.json", () => new MemoryStream(Encoding.UTF8.GetBytes(text))),
            new ImportOptions(),
            TestContext.Current.CancellationToken
        );
    }
}
