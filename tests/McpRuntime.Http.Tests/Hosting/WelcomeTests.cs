using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Hosting;

/// <summary>What the executable prints when it starts, to a pipe and to a terminal.</summary>
public class WelcomeTests
{
    private static readonly string Executable = Path.Combine(
        AppContext.BaseDirectory,
        OperatingSystem.IsWindows() ? "mcp-runtime-http.exe" : "mcp-runtime-http"
    );

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pipe_gets_the_path_of_the_token_and_never_the_token()
    {
        using var home = new TemporaryFolder();

        var lines = await LinesAsync(home, Executable, ["--port", "0"], 2);
        var again = await LinesAsync(home, Executable, ["--port", "0"], 2);

        var token = (await File.ReadAllTextAsync(TokenFile(home), Cancelled)).Trim();
        Assert.StartsWith("Listening on http://127.0.0.1:", lines[0]);
        foreach (var start in new[] { lines, again })
        {
            Assert.Contains(TokenFile(home), start[1]);
            Assert.DoesNotContain(start, line => line.Contains(token, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_terminal_gets_the_token_itself_at_the_first_start()
    {
        var script = External.Program("script");
        using var home = new TemporaryFolder();

        var lines = await LinesAsync(home, script, ["-qefc", $"{Executable} --port 0", "/dev/null"], 3);

        Assert.Contains((await File.ReadAllTextAsync(TokenFile(home), Cancelled)).Trim(), lines[2]);
    }

    [Fact]
    public async Task The_open_mode_says_what_it_opens_and_to_whom()
    {
        using var home = new TemporaryFolder();

        var lines = await LinesAsync(home, Executable, ["--port", "0", "--open-loopback"], 3);

        Assert.Contains("/mcp, /mcp/{connector}, /projects/{project}/mcp", lines[2]);
        Assert.Contains("Every account and program of this machine", lines[2]);
    }

    private static string TokenFile(TemporaryFolder home) => home.PathOf("data", "gateway", "admin-token");

    // The first lines of a start that is then ended.
    private static async Task<IReadOnlyList<string>> LinesAsync(
        TemporaryFolder home,
        string program,
        string[] arguments,
        int count
    )
    {
        var variables = new Dictionary<string, string?>
        {
            ["MCP_RUNTIME_DATA_DIR"] = home.PathOf("data"),
            ["MCP_RUNTIME_CACHE_DIR"] = home.PathOf("cache"),
            ["MCP_RUNTIME_CONNECTORS_DIR"] = home.PathOf("connectors"),
            ["MCP_RUNTIME_LOG_LEVEL"] = "none",
        };
        using var process = ProcessRunner.Start(program, arguments, variables, home.Path);
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        guard.CancelAfter(ProcessRunner.HangGuard);
        var lines = new List<string>();
        try
        {
            while (lines.Count < count && await process.StandardOutput.ReadLineAsync(guard.Token) is { } line)
                lines.Add(line);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
        await process.WaitForExitAsync(guard.Token);
        return lines;
    }
}
