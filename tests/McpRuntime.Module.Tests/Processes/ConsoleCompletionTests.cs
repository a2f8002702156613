using System.Reflection;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Processes;

/// <summary>Completion of the console in PowerShell, installed by the line that its help shows.</summary>
public sealed class ConsoleCompletionTests : IDisposable
{
    private static readonly string[] Names =
    [
        "a$(touch ran)",
        "b's",
        "c;touch ran",
        "d`\"x",
        "e\u2019s $HOME",
        "@f",
        "-g h",
        "{i}",
    ];

    private static readonly string ConsoleFolder = Path.GetFullPath(
        typeof(ConsoleCompletionTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(data => data.Key == "Console")
            .Value!
    );

    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Lines_are_completed_and_read_as_they_were_meant()
    {
        var output = await RunAsync(
            """
            'credentials li', 'call fi', 'call find_notes --dr', 'serve --expose=se', "login '@te", 'login `@te',
            'completion pw', 'validate con', 'call find_notes ki', 'call find_notes kind=l' | ForEach-Object { Get-Called "mcp-runtime $_" }
            """
        );

        Assert.Equal(
            "credentials|list\ncall|find_notes\ncall|find_notes|--dry-run\nserve|--expose=search\nlogin|@team/notes\n"
                + "login|@team/notes\ncompletion|pwsh\nvalidate|./connectors\n"
                + "call|find_notes|kind=\ncall|find_notes|kind=light blue",
            output
        );
    }

    [Fact]
    public async Task Names_with_characters_of_PowerShell_are_text()
    {
        var output = await RunAsync(
            """
            $names = Get-Content -Raw names.json | ConvertFrom-Json
            foreach ($name in $names) {
                $completion = (TabExpansion2 'mcp-runtime login notes --scheme ' 33).CompletionMatches | Where-Object ListItemText -ceq $name
                function mcp-runtime { "$args" }
                "$(Invoke-Expression "mcp-runtime $($completion.CompletionText)")" -ceq $name
            }
            Test-Path ran
            """
        );

        Assert.Equal("True\nTrue\nTrue\nTrue\nTrue\nTrue\nTrue\nTrue\nFalse", output);
    }

    [Fact]
    public async Task Nothing_that_was_typed_is_run_and_nothing_of_the_session_changes()
    {
        var output = await RunAsync(
            """
            $global:LASTEXITCODE = 7
            $null = TabExpansion2 'mcp-runtime login $(New-Item ran) (New-Item ran) "$(New-Item ran)" --pro' 72
            (TabExpansion2 'mcp-runtime login $(New-Item ran) --pro' 38).CompletionMatches[0].CompletionText
            $LASTEXITCODE
            Test-Path ran
            $env:PATH = ''
            @((TabExpansion2 'mcp-runtime call ' 17).CompletionMatches | Where-Object CompletionText -like '*notes').Count
            $Error.Count
            """
        );

        Assert.Equal("--profile\n7\nFalse\n0\n0", output);
    }

    private async Task<string> RunAsync(string script)
    {
        var schemes = string.Concat(Names.Select(name => $"    {Json(name)}: {{ type: bearer }}\n"));
        _home.Write("names.json", $"[{string.Join(',', Names.Select(Json))}]");
        _home.Write("connectors/notes.yaml", Manifest("notes", "find_notes", schemes));
        _home.Write("connectors/team.yaml", Manifest("'@team/notes'", "other", ""));
        var environment = await Pwsh.EnvironmentAsync(_home.Path);
        environment["PATH"] = $"{ConsoleFolder}{Path.PathSeparator}{environment["PATH"]}";
        environment["MCP_RUNTIME_CONNECTORS_DIR"] = _home.PathOf("connectors");
        environment["MCP_RUNTIME_DATA_DIR"] = _home.PathOf("data");
        environment["MCP_RUNTIME_CACHE_DIR"] = _home.PathOf("cache");
        var file = _home.Write(
            "script.ps1",
            $$"""
            $ErrorActionPreference = 'Stop'
            mcp-runtime completion pwsh | Out-String | Invoke-Expression
            # The words that the program would get from the line with its only suggestion.
            function Get-Called([string] $Line) {
                $found = TabExpansion2 $Line $Line.Length
                $text = if (@($found.CompletionMatches).Count -eq 1) { $found.CompletionMatches[0].CompletionText } else { "<$($found.CompletionMatches.Count)>" }
                function mcp-runtime { $args -join '|' }
                Invoke-Expression ($Line.Remove($found.ReplacementIndex) + $text)
            }
            {{script}}
            """
        );
        var output = await Pwsh.RunAsync(
            _home.Path,
            ["-File", file],
            TestContext.Current.CancellationToken,
            environment
        );
        Assert.True(output is { ExitCode: 0, Error: "" }, output.ToString());
        return output.Out.ReplaceLineEndings("\n").TrimEnd();
    }

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Manifest(string name, string tool, string schemes) =>
        $$"""
            connector:
              manifest_version: 2
              name: {{name}}
              version: 1.0.0
              base_url: https://notes.example
              security_schemes:
                key: { type: api_key, location: header, key_name: X-Key }
            {{schemes}}
              tools:
              - name: {{tool}}
                title: Find notes
                endpoint: GET /notes
                arguments: { kind: { in: query, name: kind } }
                input_schema: { type: object, properties: { kind: { enum: [light blue, red] } }, additionalProperties: false }
            """;
}
