using System.Diagnostics;
using System.Text;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.SignIns;

/// <summary>
/// A pwsh that a user sits in front of: <c>script</c> (util-linux) gives it a pseudo-terminal, and the test types.
/// </summary>
internal sealed class PwshTerminal : IDisposable
{
    private const string Script = "/usr/bin/script";
    private const string WhereIsCursor = "\u001b[6n";

    private readonly Process _process;
    private readonly StringBuilder _shown = new();

    private PwshTerminal(Process process) => _process = process;

    /// <summary>What the screen was sent so far.</summary>
    public string Shown => _shown.ToString();

    /// <summary>Skips the running test where there is no such terminal.</summary>
    public static void Require() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Script), "There is no 'script' of util-linux.");

    /// <param name="processes">The user's home.</param>
    /// <param name="script">What the session runs, without single quotes.</param>
    public static PwshTerminal Start(VaultProcesses processes, string script)
    {
        var words = Pwsh.Command.Arguments.Prepend(Pwsh.Command.Program).Append("-NoProfile").Append("-Command");
        var line = string.Join(' ', words.Append(script).Select(word => $"'{word}'"));
        var environment = new Dictionary<string, string?>(processes.Environment) { ["TERM"] = "xterm" };
        string[] arguments = ["--quiet", "--return", "--command", line, "/dev/null"];
        return new PwshTerminal(ProcessRunner.Start(Script, arguments, environment, processes.Home));
    }

    /// <summary>Waits until the screen shows the text after what was waited for before.</summary>
    public async Task WaitForAsync(string text)
    {
        var from = _shown.Length;
        while (!_shown.ToString(from, _shown.Length - from).Contains(text, StringComparison.Ordinal))
        {
            if (!await ReadAsync())
                Assert.Fail($"'{text}' was not shown:\n{Shown}");
        }
    }

    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys.AsMemory(), TestContext.Current.CancellationToken);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        while (await ReadAsync()) { }
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(ProcessRunner.HangGuard);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<bool> ReadAsync()
    {
        var one = new char[1];
        var count = await _process
            .StandardOutput.ReadAsync(one, TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(ProcessRunner.HangGuard);
        if (count == 0)
            return false;
        _shown.Append(one[0]);
        // pwsh asks where the cursor is before it reads a line, and waits for the answer.
        if (one[0] == 'n' && _shown.Length >= WhereIsCursor.Length)
        {
            var end = _shown.Length - WhereIsCursor.Length;
            if (_shown.ToString(end, WhereIsCursor.Length) == WhereIsCursor)
            {
                _shown.Length = end;
                await TypeAsync("\u001b[1;1R");
            }
        }
        return true;
    }
}
