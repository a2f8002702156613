using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

public sealed class ImportCommandTests : IDisposable
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
    public async Task A_document_becomes_a_manifest_in_the_connectors_folder()
    {
        var document = _folder.Write("library.yaml", Documents.Library);

        var output = await _runtime.RunAsync(["import", document, "--name", "library", "--validate"], Token);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Contains("library: 5 tools from ", output.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  list_books +GET /books +~\d+ tokens$", output.Out);
        Assert.Matches(@"(?m)^With whole schemas the tools take about \d+ tokens; lists are shorter\.$", output.Out);
        Assert.Contains($"Written to {Target}", output.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await _runtime.RunAsync(["validate", Target], Token)).ExitCode);
    }

    [Theory]
    [InlineData("addPet", true)]
    [InlineData("listPets", false)]
    public async Task Credentials_that_a_tool_needs_are_named_with_the_command_that_sets_them(
        string operation,
        bool isNeeded
    )
    {
        var text = await File.ReadAllTextAsync(RepositoryRoot.PathOf("samples", "PetShop", "openapi.json"), Token);
        var document = _folder.Write(
            "shop.json",
            text.Replace("http://SERVER", "https://shop.example.org", StringComparison.Ordinal)
        );

        var output = await _runtime.RunAsync(
            ["import", document, "--name", "shop", "--include-operation", operation],
            Token
        );

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal(
            isNeeded,
            output.Out.Contains(
                "Credential 'shopKey' (api_key in header 'X-Api-Key'): set it with 'mcp-runtime credentials set shop'.",
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public async Task A_prefix_names_PowerShell_commands_and_the_next_import_keeps_it()
    {
        var document = _folder.Write("library.yaml", Documents.Library);
        string[] import = ["import", document, "--name", "library", "--format", "json"];

        var refused = await _runtime.RunAsync([.. import, "--command-prefix", "lib"], Token);
        var output = await _runtime.RunAsync([.. import, "--command-prefix", "Lib"], Token);
        var again = await _runtime.RunAsync([.. import, "--force"], Token);

        Assert.Contains("must match ^[A-Z][A-Za-z0-9]{0,19}$", refused.Error, StringComparison.Ordinal);
        Assert.Matches("\"command\": ?\"Get-LibBook\"", output.Out);
        Assert.Matches("\"command\": ?\"Get-LibBook\"", again.Out);
        Assert.Contains("command_prefix: Lib", await File.ReadAllTextAsync(Target, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_document_is_summarised_and_all_of_it_listed_on_request()
    {
        var document = _folder.Write("many.yaml", Documents.WithOperations(61));

        var summary = await _runtime.RunAsync(["import", document, "-n", "many"], Token);
        var all = await _runtime.RunAsync(["import", document, "-n", "many", "--force", "--all"], Token);
        var json = await _runtime.RunAsync(["import", document, "-n", "many", "--force", "--format", "json"], Token);

        Assert.True(summary.ExitCode == 0, summary.ToString());
        Assert.Contains("many: 61 tools from ", summary.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  odd +31  ~[\d,]+ tokens$", summary.Out);
        Assert.Matches(@"(?m)^  even +30  ~[\d,]+ tokens$", summary.Out);
        Assert.Equal(10, summary.Out.Split("GET /items/", StringSplitOptions.None).Length - 1);
        Assert.Contains("--include-tag", summary.Out, StringComparison.Ordinal);
        Assert.Equal(61, all.Out.Split("GET /items/", StringSplitOptions.None).Length - 1);
        Assert.DoesNotContain("Tools by tag", all.Out, StringComparison.Ordinal);
        Assert.Equal(61, JsonElement.Parse(json.Out).GetProperty("tools").GetArrayLength());
    }

    [Fact]
    public async Task Many_skipped_operations_are_counted_by_reason()
    {
        var document = _folder.Write("many.yaml", Documents.WithOperations(61));

        var summary = await _runtime.RunAsync(["import", document, "-n", "many", "--max-tools", "5"], Token);

        Assert.Contains("56 operations skipped", summary.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  56: ", summary.Out);
        Assert.Contains("--all lists each.", summary.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_comes_from_the_title_where_none_is_given()
    {
        var output = await _runtime.RunAsync(["import", "-"], Token, Documents.Library);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.True(File.Exists(Path.Combine(_runtime.ConnectorsFolder, "city-library.yaml")), output.ToString());
    }

    [Fact]
    public async Task Standard_input_is_a_source_and_any_file_a_target()
    {
        var target = _folder.PathOf("new", "mine.yaml");

        var output = await _runtime.RunAsync(["import", "-", "-o", target, "-n", "library"], Token, Documents.Library);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal(["new/mine.yaml"], _folder.Files());
        var manifest = await File.ReadAllTextAsync(target, Token);
        Assert.Contains("source: { location: \"-\", sha256: ", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_is_read_from_a_url_that_the_person_named()
    {
        await using var upstream = RecordingUpstream.Start(
            UpstreamAnswer.Text(Documents.Library, contentType: "application/yaml")
        );

        var output = await _runtime.RunAsync(["import", $"{upstream.Url}openapi.yaml", "-n", "library"], Token);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal("GET /openapi.yaml HTTP/1.1", upstream.Request.RequestLine);
    }

    [Fact]
    public async Task An_existing_file_is_kept_unless_force_is_given()
    {
        var document = _folder.Write("library.yaml", Documents.Library);
        _runtime.AddConnector("library", "mine");
        _runtime.AddConnector("city-library", "mine too");

        var named = await _runtime.RunAsync(["import", document, "-n", "library"], Token);
        var unnamed = await _runtime.RunAsync(["import", document], Token);

        Assert.Equal((1, 1), (named.ExitCode, unnamed.ExitCode));
        Assert.Contains(Target, Assert.Single(Lines(named.Error)), StringComparison.Ordinal);
        Assert.Contains("--force", named.Error, StringComparison.Ordinal);
        Assert.Contains("city-library.yaml", unnamed.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Target, Token));

        var forced = await _runtime.RunAsync(["import", document, "-n", "library", "-f"], Token);

        Assert.True(forced.ExitCode == 0, forced.ToString());
        Assert.StartsWith("connector:", await File.ReadAllTextAsync(Target, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importing_again_keeps_what_people_wrote_and_says_so()
    {
        await _runtime.RunAsync(["import", "-", "-n", "library"], Token, Documents.Library);
        var text = await File.ReadAllTextAsync(Target, Token);
        await File.WriteAllTextAsync(
            Target,
            text.Replace("name: list_books", "name: browse_books", StringComparison.Ordinal),
            Token
        );

        var output = await _runtime.RunAsync(["import", "-", "-n", "library", "--force"], Token, Documents.Library);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Contains("1 edit of the earlier manifest kept", output.Out, StringComparison.Ordinal);
        Assert.Contains("  GET /books: name browse_books", output.Out, StringComparison.Ordinal);
        Assert.Contains("name: browse_books", await File.ReadAllTextAsync(Target, Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "list_books add_book get_book list_loans close_loans")]
    [InlineData("--include-path /books/**", "list_books add_book get_book")]
    [InlineData("-i /books -i /members/**", "list_books add_book list_loans close_loans")]
    [InlineData("-e /members/**", "list_books add_book get_book")]
    [InlineData("--include-tag members staff", "add_book list_loans close_loans")]
    [InlineData("--exclude-tag staff", "list_books get_book list_loans close_loans")]
    [InlineData("--include-operation list*", "list_books list_loans")]
    [InlineData("--methods post delete", "add_book close_loans")]
    [InlineData("--read-only", "list_books get_book list_loans")]
    [InlineData("--skip-deprecated", "list_books add_book list_loans close_loans")]
    [InlineData("--max-tools 2", "list_books add_book")]
    public async Task Choices_narrow_and_the_json_report_accounts_for_every_operation(string choices, string tools)
    {
        var chosen = choices.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var output = await _runtime.RunAsync(
            ["import", "-", "-n", "library", "--format", "json", .. chosen],
            Token,
            Documents.Library
        );

        Assert.True(output.ExitCode == 0, output.ToString());
        var report = JsonElement.Parse(output.Out);
        Assert.Equal("library", report.GetProperty("connector").GetString());
        Assert.Equal(Target, report.GetProperty("file").GetString());
        var names = report.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString());
        Assert.Equal(tools, string.Join(' ', names));
        Assert.Equal(5, report.GetProperty("tools").GetArrayLength() + report.GetProperty("skipped").GetArrayLength());
        Assert.All(report.GetProperty("skipped").EnumerateArray(), skipped =>
            Assert.NotEmpty(skipped.GetProperty("reason").GetString()!)
        );
        Assert.Equal(
            report.GetProperty("estimated_tokens").GetInt32(),
            report.GetProperty("tools").EnumerateArray().Sum(tool => tool.GetProperty("estimated_tokens").GetInt32())
        );
        Assert.Empty(output.Error);
    }

    [Fact]
    public async Task Messages_name_the_flags_of_the_command()
    {
        var nothing = await _runtime.RunAsync(["import", "-", "-i", "/none", "--read-only"], Token, Documents.Library);
        Assert.Contains(
            "No operation matched. Relax --include-path or --read-only.",
            nothing.Error,
            StringComparison.Ordinal
        );

        var here = Documents.Library.Replace("https://library.test", "http://127.0.0.1:1", StringComparison.Ordinal);
        var local = await _runtime.RunAsync(
            ["import", "-", "-n", "library", "--max-tools", "1", "--methods", "get"],
            Token,
            here
        );
        Assert.Contains(
            "Calls are refused until you import with --base-url or --allow-private.",
            local.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("POST /books: its method POST is not in --methods", local.Out, StringComparison.Ordinal);
        Assert.Contains("GET /books/{isbn}: --max-tools 1 is reached", local.Out, StringComparison.Ordinal);
        var call = await _runtime.RunAsync(["call", "list_books"], Token);
        Assert.Contains(
            "Import the connector with --base-url or --allow-private, or set MCP_RUNTIME_ALLOWED_NETWORKS",
            call.Out + call.Error,
            StringComparison.Ordinal
        );

        var again = await _runtime.RunAsync(["import", "-", "-n", "library"], Token, Documents.Library);
        Assert.Contains(
            $"'{Target}' already exists. Import with --force to replace it.",
            again.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_the_person_named_is_approved()
    {
        var output = await _runtime.RunAsync(
            ["import", "-", "-n", "library", "--base-url", "http://10.1.2.3:8080"],
            Token,
            Documents.Library
        );

        Assert.True(output.ExitCode == 0, output.ToString());
        var approvals = JsonElement
            .Parse(await File.ReadAllBytesAsync(Path.Combine(_runtime.DataFolder, "approvals.json"), Token))
            .GetProperty("connectors")
            .GetProperty("library");
        Assert.Equal(["http://10.1.2.3:8080"], Names(approvals.GetProperty("origins")));
        Assert.Equal(["10.1.2.3"], Names(approvals.GetProperty("private_hosts")));
    }

    [Fact]
    public async Task A_later_import_that_names_another_server_says_that_it_gets_no_credentials()
    {
        await _runtime.RunAsync(["import", "-", "-n", "library"], Token, Documents.Library);
        var changed = Documents.Library.Replace("library.test", "elsewhere.test", StringComparison.Ordinal);

        var output = await _runtime.RunAsync(["import", "-", "-n", "library", "--force"], Token, changed);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Contains("https://elsewhere.test", Assert.Single(Lines(output.Error)), StringComparison.Ordinal);
        Assert.Contains("--approve-origins", output.Error, StringComparison.Ordinal);

        var approved = await _runtime.RunAsync(
            ["import", "-", "-n", "library", "--force", "--approve-origins"],
            Token,
            changed
        );
        Assert.Empty(approved.Error);
    }

    [Theory]
    [InlineData("--max-tools 0", "--max-tools")]
    [InlineData("--max-tools many", "many")]
    [InlineData("--name Not_A_Name", "Not_A_Name")]
    [InlineData("--base-url ftp://example.com", "ftp://example.com")]
    [InlineData("--base-url /v1", "/v1")]
    [InlineData("--methods FETCH", "FETCH")]
    [InlineData("--format xml", "xml")]
    [InlineData("--frobnicate", "--frobnicate")]
    public async Task A_wrong_choice_is_wrong_usage(string choice, string named)
    {
        var output = await _runtime.RunAsync(["import", "-", .. choice.Split(' ')], Token, Documents.Library);

        Assert.True(output.ExitCode == 2, output.ToString());
        Assert.Contains(named, output.Error, StringComparison.Ordinal);
        Assert.Contains("mcp-runtime import --help", output.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_runtime.ConnectorsFolder));
    }

    private static IEnumerable<string> Names(JsonElement element) =>
        element.EnumerateObject().Select(property => property.Name);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
