using McpRuntime.Diagnostics;
using McpRuntime.OpenApi;

namespace McpRuntime.Tests.OpenApi;

/// <summary><c>--strict</c>: what Microsoft.OpenApi says about a document counts.</summary>
public class StrictTests
{
    private const string Loose = """
        openapi: 3.0.4
        info:
          title: T
        servers: [ { url: 'https://a.test' } ]
        paths:
          /x:
            get: { responses: { '200': { description: d } } }
        """;

    private const string Good = """
        openapi: 3.0.4
        info: { title: T, version: 1.0.0 }
        servers: [ { url: 'https://a.test' } ]
        paths:
          /x: { get: { responses: { '200': { description: d } } } }
        """;

    [Fact]
    public async Task Its_errors_end_the_import_and_say_where()
    {
        Assert.NotNull((await Importing.ImportAsync(Loose)).Manifest);

        var strict = await Importing.ImportAsync(Loose, new ImportOptions { Strict = true });

        Assert.Null(strict.Manifest);
        var finding = Assert.Single(strict.Findings);
        Assert.Equal(("openapi-strict", FindingSeverity.Error), (finding.RuleId, finding.Severity));
        Assert.Contains("version", finding.Message, StringComparison.Ordinal);
        Assert.Equal(2, finding.Line);
    }

    [Fact]
    public async Task A_document_that_it_has_nothing_against_is_imported()
    {
        var strict = await Importing.ImportAsync(Good, new ImportOptions { Strict = true });

        Assert.NotNull(strict.Manifest);
        Assert.Empty(strict.Findings);
    }

    [Fact]
    public async Task What_it_cannot_read_at_all_is_a_finding_and_no_crash()
    {
        var strict = await Importing.ImportAsync(
            Good.Replace("responses: {", "responses: { '4xx': 5, ", StringComparison.Ordinal),
            new ImportOptions { Strict = true }
        );

        Assert.Null(strict.Manifest);
        Assert.All(strict.Findings, finding => Assert.Equal("openapi-strict", finding.RuleId));
    }
}
