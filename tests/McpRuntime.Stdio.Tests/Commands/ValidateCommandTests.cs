using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

public sealed class ValidateCommandTests : IDisposable
{
    private const string TenFaults = """
        connector:
          manifest_version: 2
          name: Ten Faults
          version: one
          base_url: ftp://example.com
          security_schemes:
            key: { type: api_key, location: pocket, key_name: X-Key }
          colour: green
          tools:
          - name: first
            description: The first tool.
            endpoint: GET /first/{id}
            arguments: {}
            input_schema: { type: object, properties: { id: { type: integer } } }
          - name: second
            description: The second tool.
            endpoint: GET /second
            arguments:
              gone: { in: query, name: gone }
            input_schema: { type: object, properties: {} }
          - name: second
            description: The third tool.
            endpoint: GET /third
            arguments: {}
            input_schema: { type: strange }
          - name: fourth
            description: The fourth tool.
            endpoint: GET /fourth
            arguments:
              a: { in: nowhere, name: a }
            input_schema: { type: object, properties: { a: { type: string } } }
            security: [ { missing: [] } ]
        """;

    private readonly McpRuntimeProcess _runtime = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_fault_is_found_at_once_with_its_place()
    {
        var file = _folder.Write("faults.yaml", TenFaults);

        var output = await _runtime.RunAsync(["validate", file, "--format", "json"], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Empty(output.Error);
        var report = JsonElement.Parse(output.Out);
        Assert.Equal(["overall_valid", "validated_count", "results"], Names(report));
        Assert.False(report.GetProperty("overall_valid").GetBoolean());
        Assert.Equal(1, report.GetProperty("validated_count").GetInt32());
        var result = Assert.Single(report.GetProperty("results").EnumerateArray());
        Assert.Equal(["file", "valid", "errors", "warnings"], Names(result));
        Assert.Equal(file, result.GetProperty("file").GetString());
        Assert.True(result.GetProperty("errors").GetArrayLength() >= 10, output.Out);
        Assert.All(result.GetProperty("errors").EnumerateArray(), error =>
        {
            Assert.Equal(["rule", "message", "pointer", "line", "column"], Names(error));
            Assert.Matches("^[a-z][a-z0-9-]+$", error.GetProperty("rule").GetString());
            Assert.StartsWith("/connector", error.GetProperty("pointer").GetString(), StringComparison.Ordinal);
            Assert.InRange(error.GetProperty("line").GetInt32(), 1, TenFaults.Split('\n').Length);
            Assert.True(error.GetProperty("column").GetInt32() >= 1);
        });
    }

    [Fact]
    public async Task Text_has_one_clickable_line_a_fault_and_one_verdict_a_file()
    {
        var faults = _folder.Write("faults.yaml", TenFaults);
        var good = _folder.Write("good.yaml", Documents.Manifest("good", "https://example.com"));

        var output = await _runtime.RunAsync(["validate", faults, good, "--verbose"], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        var errors = output.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(errors.Length >= 10, output.ToString());
        Assert.All(errors, line =>
        {
            Assert.StartsWith($"{faults}:", line, StringComparison.Ordinal);
            Assert.Matches("^:[0-9]+:[0-9]+: (error|warning|information) [a-z0-9-]+: ", line[faults.Length..]);
        });
        Assert.Contains($"{faults}: invalid (errors: ", output.Out, StringComparison.Ordinal);
        Assert.Contains($"{good}: valid", output.Out, StringComparison.Ordinal);
        Assert.Contains("find_notes  GET /notes/{folder}", output.Out, StringComparison.Ordinal);
        Assert.Contains("Valid: 1 of 2 files.", output.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Globs_that_no_shell_expanded_are_expanded()
    {
        _folder.Write("a.yaml", Documents.Manifest("a", "https://example.com"));
        _folder.Write("b.yaml", Documents.Manifest("b", "https://example.com"));
        _folder.Write("deep/er/c.yaml", Documents.Manifest("c", "https://example.com"));
        _folder.Write("deep/d.txt", "no manifest");

        Assert.Equal(["a.yaml", "b.yaml"], await FilesOfAsync("*.yaml"));
        Assert.Equal(["a.yaml", "b.yaml", "deep/er/c.yaml"], await FilesOfAsync("**/*.yaml"));
        Assert.Equal(["b.yaml", "a.yaml"], await FilesOfAsync("b.*", "?.yaml"));
        Assert.Equal(["deep/er/c.yaml"], await FilesOfAsync("d*/**/c.yaml"));
    }

    [Fact]
    public async Task A_pattern_or_a_file_that_names_nothing_is_reported()
    {
        var output = await _runtime.RunAsync(["validate", _folder.PathOf("none.yaml"), _folder.PathOf("*.yml")], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("none.yaml", output.Error, StringComparison.Ordinal);
        Assert.Contains("*.yml", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strict_finds_what_is_merely_poor()
    {
        var poor = Documents
            .Manifest("poor", "https://example.com")
            .Replace("description: Finds notes by the words in them.", "description: x", StringComparison.Ordinal);
        var file = _folder.Write("poor.yaml", poor);

        var loose = await _runtime.RunAsync(["validate", file, "--format", "json"], Token);
        var strict = await _runtime.RunAsync(["validate", file, "--format", "json", "--strict"], Token);

        Assert.True(loose.ExitCode == 0, loose.ToString());
        Assert.True(Findings(strict) > Findings(loose), strict.ToString());
    }

    [Fact]
    public async Task The_sample_manifests_are_valid_when_looked_at_closely()
    {
        var output = await _runtime.RunAsync(
            ["validate", RepositoryRoot.PathOf("samples", "connectors", "*.yaml"), "--strict", "--format", "json"],
            Token
        );

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.True(JsonElement.Parse(output.Out).GetProperty("validated_count").GetInt32() >= 4, output.Out);
        Assert.Equal(0, Findings(output));
    }

    private static int Findings(ProcessOutput output) =>
        JsonElement
            .Parse(output.Out)
            .GetProperty("results")
            .EnumerateArray()
            .Sum(result =>
                result.GetProperty("errors").GetArrayLength() + result.GetProperty("warnings").GetArrayLength()
            );

    private static IEnumerable<string> Names(JsonElement element) =>
        element.EnumerateObject().Select(property => property.Name);

    private async Task<IEnumerable<string>> FilesOfAsync(params string[] patterns)
    {
        var output = await _runtime.RunAsync(
            ["validate", "--format", "json", .. patterns.Select(pattern => _folder.PathOf(pattern))],
            Token
        );
        Assert.True(output.ExitCode == 0, output.ToString());
        return JsonElement
            .Parse(output.Out)
            .GetProperty("results")
            .EnumerateArray()
            .Select(result =>
                Path.GetRelativePath(_folder.Path, result.GetProperty("file").GetString()!).Replace('\\', '/')
            );
    }
}
