using System.Text.Json;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary>Reports in SARIF 2.1.0: valid by its schema, at the tool's line, and the same when lines move.</summary>
public sealed class SarifTests : IDisposable
{
    private static readonly JsonSchema Schema = JsonSchema.Compile(
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "sarif-2.1.0.json")))
    );

    private readonly McpRuntimeProcess _runtime = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_runtime.ConnectorsFolder, "library.yaml");

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Differences_are_results_at_their_tool_in_the_manifest()
    {
        var document = await ImportAsync();
        await ChangeAsync(document, "operationId: addBook", "operationId: addBook\n      deprecated: true");
        await ChangeAsync(document, "  /members/", "  /readers/");

        var output = await _runtime.RunAsync(["import", "--check", "--format", "sarif"], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        var run = Run(output.Out);
        var invocation = Assert.Single(run.GetProperty("invocations").EnumerateArray());
        Assert.True(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(1, invocation.GetProperty("exitCode").GetInt32());
        var results = run.GetProperty("results").EnumerateArray().ToList();
        var note = Assert.Single(results, result => Rule(result) == "drift-text");
        Assert.Equal("note", note.GetProperty("level").GetString());
        Assert.All(results.Where(result => Rule(result) == "drift-path"), result =>
            Assert.Equal("warning", result.GetProperty("level").GetString())
        );
        Assert.Equal(3, results.Count);
        var place = note.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("connectors/library.yaml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("%SRCROOT%", place.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString());
        var lines = await File.ReadAllLinesAsync(Target, Token);
        Assert.Contains(
            "add_book",
            lines[place.GetProperty("region").GetProperty("startLine").GetInt32() - 1],
            StringComparison.Ordinal
        );
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var rule = rules[note.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal("drift-text", rule.GetProperty("id").GetString());
        Assert.Equal(
            "A title or description changed.",
            rule.GetProperty("shortDescription").GetProperty("text").GetString()
        );
        Assert.EndsWith(
            "/docs/reference/rules.md#drift-text",
            rule.GetProperty("helpUri").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Fingerprints_stay_when_lines_move_and_differ_between_tools()
    {
        var document = await ImportAsync();
        await ChangeAsync(document, "summary:", "summary: New.");
        var first = Fingerprints((await _runtime.RunAsync(["import", "--check", "--format", "sarif"], Token)).Out);
        await File.WriteAllTextAsync(Target, "# moved\n\n" + await File.ReadAllTextAsync(Target, Token), Token);
        var second = Fingerprints((await _runtime.RunAsync(["import", "--check", "--format", "sarif"], Token)).Out);

        Assert.NotEmpty(first);
        Assert.Equal(first.Count, first.Select(result => result.Fingerprint).Distinct().Count());
        Assert.Equal(first.Select(result => result.Fingerprint), second.Select(result => result.Fingerprint));
        Assert.Equal(first.Select(result => result.Line + 2), second.Select(result => result.Line));
    }

    [Fact]
    public async Task What_cannot_be_compared_is_an_error_at_the_manifest()
    {
        File.Delete(await ImportAsync());

        var output = await _runtime.RunAsync(["import", "--check", "--format", "sarif", "--fail-on", "none"], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        var run = Run(output.Out);
        Assert.False(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
        var result = Assert.Single(run.GetProperty("results").EnumerateArray());
        Assert.Equal(("document-not-found", "error"), (Rule(result), result.GetProperty("level").GetString()));
        Assert.Equal(
            "connectors/library.yaml",
            result
                .GetProperty("locations")[0]
                .GetProperty("physicalLocation")
                .GetProperty("artifactLocation")
                .GetProperty("uri")
                .GetString()
        );
    }

    [Fact]
    public async Task Validation_reports_as_sarif_too()
    {
        await ImportAsync();
        var text = await File.ReadAllTextAsync(Target, Token);
        await File.WriteAllTextAsync(
            Target,
            text.Replace("name: add_book", "name: Add-Book", StringComparison.Ordinal),
            Token
        );

        var output = await _runtime.RunAsync(["validate", "connectors/*.yaml", "--format", "sarif"], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        var result = Assert.Single(Run(output.Out).GetProperty("results").EnumerateArray());
        Assert.Equal("tool-name", Rule(result));
        Assert.Equal(
            "connectors/library.yaml",
            result
                .GetProperty("locations")[0]
                .GetProperty("physicalLocation")
                .GetProperty("artifactLocation")
                .GetProperty("uri")
                .GetString()
        );
    }

    [Fact]
    public async Task Tools_that_are_not_in_the_lock_are_results_at_their_tool()
    {
        await ImportAsync();
        await _runtime.RunAsync(["lock", "tools.lock"], Token);
        await ChangeAsync(Target, "endpoint: POST /books", "endpoint: POST /admin");

        var output = await _runtime.RunAsync(["lock", "tools.lock", "--check", "--format", "sarif"], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        var result = Assert.Single(Run(output.Out).GetProperty("results").EnumerateArray());
        Assert.Equal("lock-tool", Rule(result));
        Assert.Contains("POST /admin", result.GetProperty("message").GetProperty("text").GetString());
        var lines = await File.ReadAllLinesAsync(Target, Token);
        var region = result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        Assert.Contains("add_book", lines[region.GetProperty("startLine").GetInt32() - 1], StringComparison.Ordinal);
        var saving = await _runtime.RunAsync(["lock", "tools.lock", "--format", "sarif"], Token);
        Assert.Equal(2, saving.ExitCode);
    }

    [Fact]
    public async Task Nothing_to_report_is_valid_too()
    {
        await ImportAsync();
        var output = await _runtime.RunAsync(["import", "--check", "--format", "sarif"], Token);
        Assert.Equal(0, output.ExitCode);
        Assert.Equal(0, Run(output.Out).GetProperty("results").GetArrayLength());
    }

    private static JsonElement Run(string text)
    {
        var log = JsonElement.Parse(text);
        Assert.Empty(Schema.Evaluate(log));
        return Assert.Single(log.GetProperty("runs").EnumerateArray());
    }

    private static List<(string? Fingerprint, int Line)> Fingerprints(string text) =>
        [
            .. Run(text)
                .GetProperty("results")
                .EnumerateArray()
                .Select(result =>
                    (
                        result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString(),
                        result
                            .GetProperty("locations")[0]
                            .GetProperty("physicalLocation")
                            .GetProperty("region")
                            .GetProperty("startLine")
                            .GetInt32()
                    )
                ),
        ];

    private static string? Rule(JsonElement result) => result.GetProperty("ruleId").GetString();

    private static async Task ChangeAsync(string file, string before, string after) =>
        await File.WriteAllTextAsync(
            file,
            (await File.ReadAllTextAsync(file, Token)).Replace(before, after, StringComparison.Ordinal),
            Token
        );

    private async Task<string> ImportAsync()
    {
        var document = _folder.Write("library.yaml", Documents.Library);
        var output = await _runtime.RunAsync(["import", document, "-n", "library"], Token);
        Assert.True(output.ExitCode == 0, output.ToString());
        return document;
    }
}
