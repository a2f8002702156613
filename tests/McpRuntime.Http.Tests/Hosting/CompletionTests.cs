using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Hosting;

/// <summary>What Tab completes for the gateway; the shells' scripts are those of the console.</summary>
public sealed class CompletionTests : IDisposable
{
    private static readonly string Executable = Path.Combine(
        AppContext.BaseDirectory,
        OperatingSystem.IsWindows() ? "mcp-runtime-http.exe" : "mcp-runtime-http"
    );

    private readonly TemporaryFolder _home = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("", "token health drain lock completion")]
    [InlineData("token", "create list revoke")]
    [InlineData("token create --role", "admin user reader on-call")]
    [InlineData("lock --connector", "shop")]
    [InlineData("completion", "bash zsh fish pwsh")]
    public async Task Words_are_suggested(string before, string expected)
    {
        var lines = await SuggestAsync([.. before.Split(' ', StringSplitOptions.RemoveEmptyEntries), ""]);

        Assert.Equal(":values", lines[0]);
        Assert.Empty(expected.Split(' ').Except(lines.Select(line => line.Split('\t')[0])));
    }

    [Theory]
    [InlineData("lock", ":files")]
    [InlineData("--connectors", ":folders")]
    [InlineData("lock --connectors", ":folders")]
    public async Task Paths_are_left_to_the_shell(string before, string expected) =>
        Assert.Equal(expected, (await SuggestAsync([.. before.Split(' '), ""]))[0]);

    [Fact]
    public async Task A_wrong_setting_is_no_words_in_the_line()
    {
        var output = await RunAsync(
            Executable,
            ["complete", "zsh", "token", "create", "--role", ""],
            ("MCP_RUNTIME_ROLES_FILE", _home.PathOf("none.json"))
        );

        Assert.Equal((1, "", ""), (output.ExitCode, output.Out, output.Error));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _mcp_runtime_http mcp-runtime-http\n")]
    [InlineData("zsh", "#compdef mcp-runtime-http\n")]
    [InlineData("fish", "complete -c mcp-runtime-http -f")]
    [InlineData("pwsh", "-CommandName 'mcp-runtime-http', 'mcp-runtime-http.exe'")]
    public async Task A_script_is_for_the_gateway(string shell, string line)
    {
        var output = await RunAsync(Executable, ["completion", shell]);

        Assert.True(output is { ExitCode: 0, Error: "" }, output.ToString());
        Assert.Contains(line, output.Out);
        Assert.DoesNotMatch(@"mcp.runtime(?!.http)|\{(program|function)\}", output.Out);
    }

    [Theory]
    [InlineData(
        "bash",
        """
            source <(mcp-runtime-http completion bash)
            COMP_LINE="mcp-runtime-http token create --role '\$(touch ran)' --role o"; COMP_POINT=${#COMP_LINE}
            _mcp_runtime_http; printf '%s\n' "${COMPREPLY[@]}"
            """
    )]
    [InlineData(
        "fish",
        """
            mcp-runtime-http completion fish | source
            complete -C "mcp-runtime-http token create --role '\$(touch ran)' --role o"
            """
    )]
    public async Task A_shell_gets_the_words_and_runs_nothing(string shell, string script)
    {
        var program = $"/usr/bin/{shell}";
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(program), $"{shell} is not installed.");

        var output = await RunAsync(
            program,
            ["-c", script],
            ("PATH", $"{AppContext.BaseDirectory}:/usr/bin:/bin"),
            ("HOME", _home.Path)
        );

        Assert.True(output is { ExitCode: 0, Error: "" }, output.ToString());
        Assert.Equal("on-call", output.Out.Trim());
        Assert.False(File.Exists(_home.PathOf("ran")), output.ToString());
    }

    private async Task<string[]> SuggestAsync(string[] words)
    {
        var output = await RunAsync(Executable, ["complete", "zsh", .. words]);
        Assert.True(output is { ExitCode: 0, Error: "" }, output.ToString());
        return output.Out.TrimEnd('\n').Split('\n');
    }

    private Task<ProcessOutput> RunAsync(
        string program,
        string[] arguments,
        params (string Name, string Value)[] variables
    )
    {
        _home.Write("connectors/shop.yaml", Manifests.Shop(new Uri("https://shop.example")));
        var environment = new Dictionary<string, string?>
        {
            ["MCP_RUNTIME_CONNECTORS_DIR"] = _home.PathOf("connectors"),
            ["MCP_RUNTIME_DATA_DIR"] = _home.PathOf("data"),
            ["MCP_RUNTIME_CACHE_DIR"] = _home.PathOf("cache"),
            ["MCP_RUNTIME_ROLES_FILE"] = _home.Write("roles.json", """{"roles": {"on-call": {"access": "read"}}}"""),
        };
        foreach (var (name, value) in variables)
            environment[name] = value;
        return ProcessRunner.RunAsync(
            program,
            arguments,
            environment,
            workingDirectory: _home.Path,
            cancellationToken: Cancelled
        );
    }
}
