using System.Text;
using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests;

/// <summary>What only a terminal shows; <c>script</c> (util-linux) gives the process a pseudo-terminal.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Script = "/usr/bin/script";
    private const char Escape = '\u001b';

    private readonly McpRuntimeProcess _runtime = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("1", false)]
    public async Task Colours_are_for_terminals_without_NO_COLOR(string? noColor, bool coloured)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Script), "There is no 'script' of util-linux.");
        var manifest = _folder.Write("good.yaml", Documents.Manifest("good", "https://example.com"));
        string[] validate = ["validate", manifest];

        var watched = await ProcessRunner.RunAsync(
            Script,
            Arguments(validate),
            new Dictionary<string, string?> { ["NO_COLOR"] = noColor, ["TERM"] = "xterm" },
            cancellationToken: Token
        );
        var piped = await _runtime.RunAsync(validate, Token);

        Assert.Contains("valid", watched.Out, StringComparison.Ordinal);
        Assert.Equal(coloured, watched.Out.Contains($"{Escape}[32mvalid{Escape}[0m", StringComparison.Ordinal));
        Assert.DoesNotContain(Escape, piped.Out);
    }

    [Fact]
    public async Task Long_work_shows_that_it_goes_on_and_clears_the_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Script), "There is no 'script' of util-linux.");
        var seen = new TaskCompletionSource();
        await using var upstream = RecordingUpstream.Start(
            async (_, connection, cancellationToken) =>
            {
                await seen.Task.WaitAsync(cancellationToken);
                await connection.SendAsync(UpstreamAnswer.Text(Documents.Library), cancellationToken);
            }
        );
        using var process = ProcessRunner.Start(
            Script,
            Arguments("import", $"{upstream.Url}a", "-o", _folder.PathOf("new.yaml")),
            new Dictionary<string, string?>
            {
                ["MCP_RUNTIME_DATA_DIR"] = _folder.PathOf("data"),
                ["MCP_RUNTIME_CACHE_DIR"] = _folder.PathOf("cache"),
                ["TERM"] = "xterm",
            }
        );

        var going = new Regex($"Importing {Regex.Escape(upstream.Url.ToString())}a … [1-9][0-9]* s$");
        var shown = new StringBuilder();
        var one = new char[1];
        var output = process.StandardOutput;
        while (await output.ReadAsync(one, Token).AsTask().WaitAsync(ProcessRunner.HangGuard, Token) > 0)
        {
            shown.Append(one[0]);
            // A machine that stops for a while shows another second first.
            if (going.IsMatch(shown.ToString()))
                seen.TrySetResult();
        }
        await process.WaitForExitAsync(Token).WaitAsync(ProcessRunner.HangGuard, Token);

        Assert.True(process.ExitCode == 0, shown.ToString());
        Assert.True(seen.Task.IsCompleted, shown.ToString());
        Assert.Matches("\r {20,}\r", shown.ToString());
        Assert.EndsWith(
            $"Written to {_folder.PathOf("new.yaml")}",
            shown.ToString().TrimEnd(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task JSON_is_readable_and_writes_nothing_to_a_terminal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Script), "There is no 'script' of util-linux.");
        const string Seen = "Büro 日本 <1> 😀";
        var hidden = _folder.Write(
            $"{Seen}\u202E\u009b31m\u001b[31m.yaml",
            Documents.Manifest("good", "https://a.example")
        );
        string[] validate = ["validate", hidden, "--format", "json"];

        var watched = await ProcessRunner.RunAsync(
            Script,
            Arguments(validate),
            new Dictionary<string, string?> { ["TERM"] = "xterm", ["LC_ALL"] = "C.UTF-8" },
            cancellationToken: Token
        );
        var piped = await _runtime.RunAsync(validate, Token);

        Assert.Contains($"{Seen}\\u202E\\u009B31m\\u001B[31m.yaml", piped.Out, StringComparison.Ordinal);
        Assert.Equal(piped.Out, watched.Out.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    private static string[] Arguments(params string[] words) =>
        [
            "--quiet",
            "--return",
            "--command",
            string.Join(' ', words.Prepend(McpRuntimeProcess.Executable).Select(word => $"'{word}'")),
            "/dev/null",
        ];
}
