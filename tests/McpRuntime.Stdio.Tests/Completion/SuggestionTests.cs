using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Completion;

/// <summary>What the program suggests for a line; the shells' scripts only pass it on.</summary>
public sealed class SuggestionTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _runtime.Dispose();

    [Theory]
    [InlineData("", "serve import validate lock tools call credentials login logout skill completion")]
    [InlineData("credentials", "list check set remove")]
    [InlineData("credentials set notes --field", "value username password token client_id client_secret")]
    [InlineData("completion", "bash zsh fish pwsh")]
    [InlineData("import --methods GET", "GET HEAD POST DELETE")]
    [InlineData("import x --format", "text json")]
    [InlineData("serve --schema-profile", "full plain gemini")]
    [InlineData("login notes --provider", "github google")]
    [InlineData("call", "find_notes write_note")]
    [InlineData("call --dry-run", "find_notes write_note")]
    [InlineData("serve --tools find_notes", "find_notes write_note")]
    [InlineData("tools --connector", "notes")]
    [InlineData("skill", "notes")]
    [InlineData("lock x --connector", "notes")]
    [InlineData("import --check --name", "notes")]
    [InlineData("credentials remove notes --scheme", "key")]
    public async Task Words_are_suggested(string before, string expected)
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));

        var values = await ValuesAsync([.. Words(before), ""]);

        Assert.Empty(expected.Split(' ').Except(values));
    }

    [Theory]
    [InlineData("call find_notes", "")]
    [InlineData("tools --limit", "")]
    [InlineData("call find_notes --arguments", "")]
    [InlineData("login notes", "")]
    [InlineData("no-such-command", "--connectors")]
    [InlineData("serve --", "--hot-reload")]
    [InlineData("tools --search x", "--search")]
    [InlineData("completion", "tcsh")]
    public async Task Nothing_is_suggested_where_nothing_fits(string before, string current) =>
        Assert.Empty(await ValuesAsync([.. Words(before), current]));

    [Theory]
    [InlineData("validate", ":files")]
    [InlineData("import", ":files")]
    [InlineData("serve --lock", ":files")]
    [InlineData("skill --output", ":files")]
    [InlineData("tools --connectors", ":folders")]
    public async Task Paths_are_left_to_the_shell(string before, string expected) =>
        Assert.Equal(expected, (await SuggestAsync("zsh", [.. Words(before), ""])).Split('\n')[0]);

    [Fact]
    public async Task Options_are_suggested_once_unless_they_can_be_repeated()
    {
        var values = await ValuesAsync(["serve", "--read-only", "--tools", "a", "--expose", "all", "--"]);

        Assert.DoesNotContain("--read-only", values);
        Assert.DoesNotContain("--expose", values);
        Assert.Empty("--tools --pin --hot-reload --help".Split(' ').Except(values));
    }

    [Theory]
    [InlineData("call paint", "", "colour= wallId= is_new= coats= note=")]
    [InlineData("call paint wallId=7 coats:=2", "", "colour= is_new= note=")]
    [InlineData("call --dry-run paint", "w", "wallId=")]
    [InlineData("call paint", "colour=", "colour=light_blue colour=red colour=x;touch_ran colour=it's")]
    [InlineData("call paint note=x", "colour=r", "colour=red")]
    [InlineData("call paint colour=red", "colour=", "")]
    [InlineData("call paint", "is_new=", "is_new=true is_new=false")]
    [InlineData("call paint", "coats=", "coats=1 coats=2")]
    [InlineData("call paint", "note=", "")]
    [InlineData("call paint", "b", "")]
    [InlineData("call no_tool", "", "")]
    public async Task Arguments_of_the_tool_are_suggested(string before, string current, string expected)
    {
        _runtime.AddConnector("walls", Documents.Paint);

        var values = await ValuesAsync([.. Words(before), current]);

        Assert.Equal(Words(expected), values.Select(value => value.Replace(' ', '_')));
    }

    [Fact]
    public async Task Arguments_are_suggested_with_what_they_mean()
    {
        _runtime.AddConnector("walls", Documents.Paint);

        Assert.Equal("wallId=\tNumber of the wall.\n", await LinesAsync(["call", "paint", "w"]));
        Assert.Equal("colour=red\t\n", await LinesAsync(["call", "paint", "colour=r"]));
        Assert.Equal(
            ":values\ncolour=\tThe colour.\nwallId=\tNumber of the wall.\n",
            string.Concat(
                (await SuggestAsync("fish", ["call", "paint", ""])).Split('\n')[..3].Select(line => line + "\n")
            )
        );
    }

    [Fact]
    public async Task Accounts_that_were_stored_are_suggested()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));
        var set = await _runtime.RunAsync(["credentials", "set", "notes", "--profile", "work"], Token, "zq-secret");
        Assert.True(set.ExitCode == 0, set.ToString());

        Assert.Equal("work\tnotes\n", await LinesAsync(["call", "find_notes", "--profile", ""]));
        Assert.Equal("work\tnotes\n", await LinesAsync(["login", "notes", "--profile", "w"]));
    }

    [Fact]
    public async Task Folder_that_the_line_names_is_read()
    {
        var folder = Path.GetDirectoryName(
            _runtime.AddConnector("notes", Documents.Manifest("notes", "https://a.example"))
        )!;
        _runtime.Environment["MCP_RUNTIME_CONNECTORS_DIR"] = Path.Combine(folder, "none");

        Assert.Empty(await ValuesAsync(["call", ""]));
        Assert.Equal(["find_notes", "write_note"], await ValuesAsync(["call", "--connectors", folder, ""]));
    }

    // Else a line of a shell would be two.
    [Fact]
    public async Task Text_of_manifests_stays_in_its_line_and_leaves_the_terminal_alone()
    {
        _runtime.AddConnector(
            "notes",
            Documents
                .Manifest("notes", "https://notes.example")
                .Replace(
                    "    key: {",
                    "    \"two\\nlines\": { type: bearer }\n    \"\\u001b[2J\": { type: bearer }\n    key: {",
                    StringComparison.Ordinal
                )
                .Replace(
                    "title: Find notes",
                    "title: \"Find\\n:files\\t\\u001b[2Jnotes \\u202E\"",
                    StringComparison.Ordinal
                )
        );

        Assert.Equal(["key"], await ValuesAsync(["login", "notes", "--scheme", ""]));
        Assert.Equal("find_notes\tFind\n", await LinesAsync(["call", "find"]));
    }

    [Theory]
    [InlineData("bash", "mcp-runtime call ")]
    [InlineData("zsh", "call", "")]
    [InlineData("fish", "credentials", "set", "")]
    [InlineData("pwsh", "tools", "--connector", "")]
    [InlineData("zsh", "login", "notes", "--connectors", "--scheme", "")]
    public async Task Whatever_is_wrong_a_user_who_types_sees_nothing(params string[] words)
    {
        _runtime.AddConnector("broken", "connector: [");
        _runtime.Environment["MCP_RUNTIME_MAX_DOCUMENT_BYTES"] = "plenty";

        var output = await _runtime.RunAsync(["complete", .. words], Token);

        Assert.Empty(output.Error);
        Assert.Empty(output.Out);
        Assert.Equal(1, output.ExitCode);
    }

    [Theory]
    [InlineData("mcp-runtime login ", "@team/notes", "notes")]
    [InlineData("mcp-runtime login @t", "@team/notes")]
    [InlineData("mcp-runtime login @team/n", "@team/notes")]
    [InlineData("mcp-runtime login '@t", "@team/notes")]
    [InlineData("mcp-runtime login \\@t", "@team/notes")]
    [InlineData("mcp-runtime login notes --scheme ", @"it\'s\ \$\(one\)")]
    [InlineData("mcp-runtime login notes --scheme=", @"it\'s\ \$\(one\)")]
    [InlineData("mcp-runtime serve --expose=s", "search")]
    [InlineData("mcp-runtime login notes --scheme 'it")]
    [InlineData("mcp-runtime login notes --scheme \"it's")]
    [InlineData("mcp-runtime login n'o't\"es\" --scheme ", @"it\'s\ \$\(one\)")]
    public async Task Bash_gets_what_it_puts_in(string line, params string[] expected)
    {
        _runtime.AddConnector("team", Documents.Manifest("'@team/notes'", "https://notes.example"));
        _runtime.AddConnector(
            "notes",
            Documents
                .Manifest("notes", "https://notes.example")
                .Replace("    key: {", "    it's $(one): {", StringComparison.Ordinal)
                .Replace("key: []", "\"it's $(one)\": []", StringComparison.Ordinal)
        );

        var output = await _runtime.RunAsync(["complete", "bash", line, " \t\n\"'@><=;|&(:"], Token);

        Assert.Equal(expected, output.Out.TrimEnd('\n').Split('\n')[1..]);
    }

    [Theory]
    [InlineData("mcp-runtime call paint co", "colour=", "coats=")]
    [InlineData("mcp-runtime call paint colour=l", @"light\ blue")]
    [InlineData("mcp-runtime call paint colour=x", @"x\;touch\ ran")]
    [InlineData("mcp-runtime call paint 'is_new=t", "is_new=true")]
    public async Task Bash_gets_what_it_puts_in_for_an_argument(string line, params string[] expected)
    {
        _runtime.AddConnector("walls", Documents.Paint);

        var output = await _runtime.RunAsync(["complete", "bash", line, " \t\n\"'@><=;|&(:"], Token);

        Assert.Equal(expected, output.Out.TrimEnd('\n').Split('\n')[1..]);
    }

    [Theory]
    [InlineData("call", "<TOOL>")]
    [InlineData("skill", "[<CONNECTOR>]")]
    [InlineData("login", "<CONNECTOR>")]
    [InlineData("credentials set", "<CONNECTOR>")]
    [InlineData("credentials list", "[<CONNECTOR>]")]
    [InlineData("lock", "--connector <NAME>")]
    [InlineData("serve", "--tools <GLOB>")]
    [InlineData("import", "--methods <METHOD>")]
    public async Task Help_says_what_a_word_is_and_lists_no_names(string command, string placeholder)
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));

        var output = await _runtime.RunAsync([.. Words(command), "--help"], Token);

        Assert.True(output is { ExitCode: 0, Error: "" }, output.ToString());
        Assert.Contains(placeholder, output.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("find_notes", output.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _mcp_runtime mcp-runtime")]
    [InlineData("zsh", "#compdef mcp-runtime")]
    [InlineData("fish", "complete -c mcp-runtime -f")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native")]
    public async Task Script_of_a_shell_is_printed(string shell, string line)
    {
        var output = await _runtime.RunAsync(["completion", shell], Token);

        Assert.True(output is { ExitCode: 0, Error: "" }, output.ToString());
        Assert.Contains(line, output.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', output.Out);
    }

    [Fact]
    public async Task Shell_that_is_not_known_is_refused()
    {
        var output = await _runtime.RunAsync(["completion", "tcsh"], Token);

        Assert.Equal(2, output.ExitCode);
        Assert.Contains(
            "'tcsh' is not a shell that is known here; known are bash, zsh, fish, pwsh.",
            output.Error,
            StringComparison.Ordinal
        );
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private async Task<string[]> ValuesAsync(string[] words) =>
        [
            .. (await LinesAsync(words))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t')[0]),
        ];

    private async Task<string> LinesAsync(string[] words)
    {
        var text = await SuggestAsync("zsh", words);
        Assert.StartsWith(":values\n", text, StringComparison.Ordinal);
        return text[":values\n".Length..];
    }

    private async Task<string> SuggestAsync(string shell, string[] words)
    {
        var output = await _runtime.RunAsync(["complete", shell, .. words], Token);
        Assert.True(output is { ExitCode: 0, Error: "" }, output.ToString());
        return output.Out;
    }
}
