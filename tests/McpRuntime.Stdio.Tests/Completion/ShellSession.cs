using System.Diagnostics;
using System.Text;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Completion;

/// <summary>
/// A shell at a terminal, with completion installed by the line that help shows, and keys that are typed. The
/// <c>mcp-runtime</c> on its PATH completes with the real one, and otherwise only writes down the words that it was
/// called with: that is how the shell reads a completed line.
/// </summary>
internal sealed class ShellSession : IDisposable
{
    private const string Prompt = "ready> ";

    private readonly McpRuntimeProcess _runtime;
    private readonly string _home;
    private readonly StringBuilder _shown = new();
    private readonly Process _process;

    private ShellSession(McpRuntimeProcess runtime, Process process)
    {
        _runtime = runtime;
        _home = Path.GetDirectoryName(runtime.ConnectorsFolder)!;
        _process = process;
    }

    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts it; the running test is skipped where the shell is not installed.</summary>
    public static async Task<ShellSession> StartAsync(string shell, McpRuntimeProcess runtime)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "Needs script of util-linux.");
        var program = $"/usr/bin/{shell}";
        Assert.SkipUnless(File.Exists(program), $"{shell} is not installed.");
        var home = Directory.CreateDirectory(Path.GetDirectoryName(runtime.ConnectorsFolder)!).FullName;
        Write(
            Path.Combine(home, "bin", "mcp-runtime"),
            $$"""
            #!/bin/sh
            case $1 in complete|completion) exec '{{McpRuntimeProcess.Executable}}' "$@" ;; esac
            printf '%s\n' "$@" >'{{home}}/called'
            """
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                Path.Combine(home, "bin", "mcp-runtime"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        Write(
            Path.Combine(home, ".bashrc"),
            $"PS1='{Prompt}'\nbind 'set bell-style none'\nsource <(mcp-runtime completion bash)\n"
        );
        Write(
            Path.Combine(home, ".zshrc"),
            $"PS1='{Prompt}'\nunsetopt beep zle_bracketed_paste\nunset zle_bracketed_paste\nautoload -U compinit && compinit -u -D\nsource <(mcp-runtime completion zsh)\n"
        );
        Write(
            Path.Combine(home, ".config", "fish", "config.fish"),
            $"function fish_prompt\n  echo -n '{Prompt}'\nend\nset -g fish_greeting\nmcp-runtime completion fish > ~/.config/fish/completions/mcp-runtime.fish\n"
        );
        Directory.CreateDirectory(Path.Combine(home, ".config", "fish", "completions"));
        // Without this folder, the first fish of a user fills it in the background, and goes on when the test has ended.
        Directory.CreateDirectory(Path.Combine(home, ".local", "share", "fish", "generated_completions"));
        runtime.Environment["HOME"] = runtime.Environment["ZDOTDIR"] = home;
        runtime.Environment["XDG_CONFIG_HOME"] =
            runtime.Environment["XDG_DATA_HOME"] =
            runtime.Environment["BASH_ENV"] =
                null;
        runtime.Environment["PATH"] = $"{home}/bin:/usr/local/bin:/usr/bin:/bin";
        runtime.Environment["TERM"] = "xterm";
        var session = new ShellSession(runtime, runtime.StartOnTerminal(program, "-i"));
        await session.ReadUntilAsync(Prompt);
        return session;
    }

    /// <summary>Types a line with Tab (<c>\t</c>) in it, runs it, and returns the words that the program got.</summary>
    public async Task<string[]> RunAsync(string keys)
    {
        foreach (var part in keys.Split('\t'))
        {
            if (part != keys.Split('\t')[0] || keys[0] == '\t')
                await TypeAsync("\t");
            await TypeAsync(part);
        }
        await TypeAsync("\r");
        await ReadUntilAsync(Prompt);
        return await File.ReadAllLinesAsync(Path.Combine(_home, "called"), Token);
    }

    public string Shown => _shown.ToString();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys.AsMemory(), Token);
        await _process.StandardInput.FlushAsync(Token);
    }

    private async Task ReadUntilAsync(string text)
    {
        var from = _shown.Length;
        var buffer = new char[1024];
        while (!_shown.ToString(from, _shown.Length - from).Contains(text, StringComparison.Ordinal))
        {
            var read = await _process
                .StandardOutput.ReadAsync(buffer, Token)
                .AsTask()
                .WaitAsync(ProcessRunner.HangGuard, Token);
            if (read == 0)
                throw new InvalidOperationException(Shown);
            _shown.Append(buffer, 0, read);
        }
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
    }
}
