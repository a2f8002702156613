using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands.Cases;

/// <summary>
/// The documents of <c>tests/cases</c>, imported with the real command when a test first needs them, and an API that
/// records what their tools send. The tests of one class share it; they run one after another.
/// </summary>
public sealed class ImportedCases : IAsyncDisposable
{
    private readonly Dictionary<string, JsonElement> _reports = [];
    private readonly RecordingUpstream _api;
    private Func<RecordedRequest, UpstreamAnswer> _answer = _ => UpstreamAnswer.Json("{}");

    public ImportedCases() => _api = RecordingUpstream.Start(request => _answer(request));

    public McpRuntimeProcess Runtime { get; } = new();

    /// <summary>All that the API got so far.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _api.Requests;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string PathOf(string file) => RepositoryRoot.PathOf("tests", "cases", file);

    /// <summary>What the API answers from now on; <c>{}</c> otherwise.</summary>
    public void AnswerWith(Func<RecordedRequest, UpstreamAnswer> answer) => _answer = answer;

    /// <summary>Imports a document and returns the JSON report; the connector's name is that of the file.</summary>
    public Task<JsonElement> ImportAsync(string file) =>
        ImportAsync(Path.GetFileNameWithoutExtension(file), PathOf(file), null);

    /// <summary>Imports a document that the test itself wrote.</summary>
    public Task<JsonElement> ImportAsync(string name, string document) => ImportAsync(name, "-", document);

    /// <summary>Calls a tool, and returns what was printed and the requests that went out.</summary>
    public async Task<(ProcessOutput Output, IReadOnlyList<RecordedRequest> Requests)> CallAsync(
        string tool,
        string arguments = "{}"
    )
    {
        var before = Requests.Count;
        var output = await Runtime.RunAsync(["call", tool, "--arguments", arguments], Token);
        return (output, [.. Requests.Skip(before)]);
    }

    /// <summary>Imports a document, calls a tool that has to succeed, and returns the only request.</summary>
    public async Task<RecordedRequest> SentAsync(string file, string tool, string arguments = "{}")
    {
        await ImportAsync(file);
        var (output, requests) = await CallAsync(tool, arguments);
        Assert.True(output.ExitCode == 0, output.ToString());
        return Assert.Single(requests);
    }

    /// <summary>Pointers of the findings that a rule of import reported, in ordinal order.</summary>
    public static IEnumerable<string> Pointers(JsonElement report, string rule) =>
        report
            .GetProperty("warnings")
            .EnumerateArray()
            .Where(finding => finding.GetProperty("rule").GetString() == rule)
            .Select(finding => finding.GetProperty("pointer").GetString()!)
            .Order(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        Runtime.Dispose();
    }

    private async Task<JsonElement> ImportAsync(string name, string source, string? input)
    {
        if (!_reports.TryGetValue(name, out var report))
        {
            var output = await Runtime.RunAsync(
                ["import", source, "--name", name, "--base-url", $"{_api.Url}", "--allow-private", "--format", "json"],
                Token,
                input
            );
            Assert.True(output.ExitCode == 0, output.ToString());
            _reports[name] = report = JsonElement.Parse(output.Out);
        }
        return report;
    }
}
