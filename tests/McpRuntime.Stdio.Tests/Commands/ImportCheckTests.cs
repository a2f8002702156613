using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary><c>import --check</c>: the manifest next to what its document would give now.</summary>
public sealed class ImportCheckTests : IDisposable
{
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
    public async Task What_has_not_changed_is_good_however_a_user_edited_the_manifest()
    {
        await ImportAsync();
        var text = await File.ReadAllTextAsync(Target, Token);
        await File.WriteAllTextAsync(
            Target,
            text.Replace("name: list_books", "name: browse_books", StringComparison.Ordinal),
            Token
        );

        var output = await _runtime.RunAsync(["import", "--check", "--name", "library"], Token);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal("library: the manifest is up to date\n", output.Out);
        Assert.Empty(output.Error);
    }

    [Fact]
    public async Task Differences_are_listed_and_nothing_is_written()
    {
        await ImportAsync();
        var before = await File.ReadAllTextAsync(Target, Token);
        // Another name for what is elsewhere; the same name elsewhere is the tool that agents know.
        var changed = Documents
            .Library.Replace("/members/{", "/readers/{", StringComparison.Ordinal)
            .Replace("operationId: listLoans", "operationId: listReadersLoans", StringComparison.Ordinal)
            .Replace("summary: Add a book", "summary: Add one", StringComparison.Ordinal);

        var output = await _runtime.RunAsync(["import", "-", "--check", "-n", "library"], Token, changed);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("library: the document has breaking changes", output.Out, StringComparison.Ordinal);
        Assert.Matches("(?m)^  added    list_readers_loans  GET /readers/", output.Out);
        Assert.Matches("(?m)^  removed  list_loans  GET /members/.* breaking$", output.Out);
        Assert.Contains(
            "  changed  add_book  POST /books\n    title: The title has changed.\n",
            output.Out,
            StringComparison.Ordinal
        );
        Assert.Equal(before, await File.ReadAllTextAsync(Target, Token));
    }

    [Fact]
    public async Task A_tool_that_moved_is_the_same_tool_elsewhere()
    {
        await ImportAsync();
        var moved = Documents.Library.Replace("/members/{", "/readers/{", StringComparison.Ordinal);

        var output = await _runtime.RunAsync(["import", "-", "--check", "-n", "library"], Token, moved);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("library: the document has changed, without breaking", output.Out, StringComparison.Ordinal);
        Assert.Matches(
            "(?s)  changed  list_loans  GET /members/.*The endpoint was GET /members/.* and is GET /readers/",
            output.Out
        );
    }

    [Fact]
    public async Task The_json_report_tells_a_program_the_same()
    {
        var document = await ImportAsync();
        await File.WriteAllTextAsync(
            document,
            Documents.Library.Replace(
                "operationId: addBook",
                "operationId: addBook\n      deprecated: true",
                StringComparison.Ordinal
            ),
            Token
        );

        var output = await _runtime.RunAsync(["import", "--check", "-o", Target, "--format", "json"], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        var report = JsonElement.Parse(output.Out);
        Assert.Equal(document, report.GetProperty("source").GetString());
        Assert.Equal(Target, report.GetProperty("file").GetString());
        Assert.False(report.GetProperty("same").GetBoolean());
        Assert.False(report.GetProperty("breaking").GetBoolean());
        var tool = Assert.Single(report.GetProperty("changed").EnumerateArray());
        Assert.Equal("add_book", tool.GetProperty("name").GetString());
        var change = Assert.Single(tool.GetProperty("changes").EnumerateArray());
        Assert.Equal("description", change.GetProperty("what").GetString());
        Assert.Equal("drift-text", change.GetProperty("rule").GetString());
        Assert.Equal("information", change.GetProperty("severity").GetString());
        Assert.Equal(0, report.GetProperty("added").GetArrayLength() + report.GetProperty("removed").GetArrayLength());
    }

    [Theory]
    [InlineData("--check -n none", 1, "There is no connector 'none' to compare with")]
    [InlineData("--check -n piped", 1, "does not say which document it was imported from")]
    [InlineData("--check -n broken", 1, "manifest-missing-key")]
    [InlineData("--check --connectors nowhere", 1, "There is no manifest in")]
    [InlineData("--check -n piped --manifest a.yaml", 2, "--manifest names what to check")]
    [InlineData("x.json --fail-on any", 2, "--manifest and --fail-on need --check")]
    [InlineData("x.json --format sarif", 2, "--format sarif reports differences; it needs --check")]
    [InlineData("--check --fail-on some", 2, "--fail-on is 'any', 'breaking' or 'none', not 'some'")]
    [InlineData("--check -n piped --force", 2, "--check writes nothing; --force cannot be combined with it")]
    [InlineData("-n piped", 2, "Name the document")]
    public async Task What_cannot_be_compared_is_reported(string choices, int exitCode, string message)
    {
        await _runtime.RunAsync(["import", "-", "-n", "piped"], Token, Documents.Library);
        _runtime.AddConnector("broken", "connector: {}");

        var output = await _runtime.RunAsync(["import", .. choices.Split(' ')], Token);

        Assert.True(output.ExitCode == exitCode, output.ToString());
        Assert.Contains(message, output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_manifests_of_the_folder_are_checked_at_once()
    {
        await ImportAsync();
        var other = _folder.Write("other.yaml", Documents.Library);
        await _runtime.RunAsync(["import", other, "-n", "other"], Token);
        await File.WriteAllTextAsync(
            other,
            Documents.Library.Replace("operationId: addBook", "operationId: addBook\n      deprecated: true"),
            Token
        );

        var text = await _runtime.RunAsync(["import", "--check"], Token);
        var json = await _runtime.RunAsync(["import", "--check", "--format", "json"], Token);
        var tolerant = await _runtime.RunAsync(["import", "--check", "--fail-on", "breaking"], Token);
        var named = await _runtime.RunAsync(["import", "--check", "--manifest", "connectors/lib*.yaml"], Token);

        Assert.Equal((1, 1, 0, 0), (text.ExitCode, json.ExitCode, tolerant.ExitCode, named.ExitCode));
        Assert.Contains("library: the manifest is up to date\n", text.Out, StringComparison.Ordinal);
        Assert.Contains("other: the document has changed, without breaking", text.Out, StringComparison.Ordinal);
        var report = JsonElement.Parse(json.Out);
        Assert.False(report.GetProperty("same").GetBoolean());
        Assert.False(report.GetProperty("breaking").GetBoolean());
        Assert.Equal(2, report.GetProperty("results").GetArrayLength());
        Assert.Equal("library: the manifest is up to date\n", named.Out);
    }

    [Theory]
    [InlineData("breaking", 1)]
    [InlineData("none", 0)]
    public async Task What_fails_is_a_choice(string failOn, int exitCode)
    {
        await ImportAsync();
        var changed = Documents.Library.Replace("/members/{", "/readers/{", StringComparison.Ordinal);

        var output = await _runtime.RunAsync(
            ["import", "-", "--check", "-n", "library", "--fail-on", failOn],
            Token,
            changed.Replace("operationId: listLoans", "operationId: listReadersLoans", StringComparison.Ordinal)
        );
        var unreadable = await _runtime.RunAsync(["import", "--check", "-n", "none", "--fail-on", failOn], Token);

        Assert.Equal((exitCode, 1), (output.ExitCode, unreadable.ExitCode));
    }

    [Fact]
    public async Task A_manifest_cannot_make_this_machine_ask_a_private_host_that_no_one_approved()
    {
        await using var upstream = RecordingUpstream.Start(
            UpstreamAnswer.Text(Documents.Library, contentType: "application/yaml")
        );
        var url = $"{upstream.Url}openapi.yaml";
        await _runtime.RunAsync(["import", url, "-n", "library"], Token);

        var refused = await _runtime.RunAsync(["import", "--check", "-n", "library"], Token);
        var named = await _runtime.RunAsync(["import", url, "--check", "-n", "library"], Token);

        Assert.Equal((1, 0), (refused.ExitCode, named.ExitCode));
        Assert.Contains("loopback address", refused.Error, StringComparison.Ordinal);
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task A_private_server_that_was_approved_is_not_warned_about_again()
    {
        var document = Documents.Library.Replace(
            "https://library.test",
            "http://localhost:5080",
            StringComparison.Ordinal
        );

        var first = await _runtime.RunAsync(["import", "-", "-n", "library"], Token, document);
        var approved = await _runtime.RunAsync(
            ["import", "-", "-n", "library", "--force", "--base-url", "http://localhost:5080"],
            Token,
            document
        );
        var again = await _runtime.RunAsync(["import", "-", "-n", "library", "--force"], Token, document);
        var other = await _runtime.RunAsync(["import", "-", "-n", "other"], Token, document);

        Assert.Contains("private-server", first.Error, StringComparison.Ordinal);
        Assert.Equal("", approved.Error + again.Error);
        Assert.Contains("private-server", other.Error, StringComparison.Ordinal);
    }

    private async Task<string> ImportAsync()
    {
        var document = _folder.Write("library.yaml", Documents.Library);
        var output = await _runtime.RunAsync(["import", document, "-n", "library"], Token);
        Assert.True(output.ExitCode == 0, output.ToString());
        return document;
    }
}
