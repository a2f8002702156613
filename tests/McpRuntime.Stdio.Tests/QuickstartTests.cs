using System.Diagnostics;
using System.Globalization;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests;

/// <summary>The command that the README names first, against the real API, server and client.</summary>
public sealed class QuickstartTests : IDisposable
{
    private static readonly string Folder = BuiltFolder();
    private static readonly string Executable = Path.Combine(
        Folder,
        OperatingSystem.IsWindows() ? "Quickstart.exe" : "Quickstart"
    );

    private readonly TemporaryFolder _temporary = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The diagnostics ports of .NET are files in the temporary folder, and would be counted as left behind.
    private Dictionary<string, string?> Environment =>
        new()
        {
            ["TMPDIR"] = _temporary.Path,
            ["TMP"] = _temporary.Path,
            ["TEMP"] = _temporary.Path,
            ["DOTNET_EnableDiagnostics"] = "0",
        };

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task It_shows_the_whole_way_and_leaves_nothing_behind()
    {
        var output = await ProcessRunner.RunAsync(Executable, [], Environment, cancellationToken: Token);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Empty(output.Error);
        Assert.Contains("petshop: 8 tools from http://127.0.0.1:", output.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^    list_pets +List the pets for sale", output.Out);
        Assert.Contains("\"Ada\"", output.Out, StringComparison.Ordinal);
        Assert.Contains("\"Lotte\"", output.Out, StringComparison.Ordinal);
        Assert.Contains("\"servers\"", output.Out, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_ends_its_children()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send to one process.");
        // Its import waits for someone to write into the pipe, so that it is in the middle until it is stopped.
        using var pipes = new TemporaryFolder();
        var pipe = pipes.PathOf("pipe");
        await ProcessRunner.RunAsync("mkfifo", [pipe], cancellationToken: Token);
        var environment = new Dictionary<string, string?>(Environment) { ["MCP_RUNTIME_CA_BUNDLE"] = pipe };
        using var process = ProcessRunner.Start(Executable, [], environment);
        string? line;
        do line = await process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(ProcessRunner.HangGuard, Token);
        while (line?.Contains("listens on", StringComparison.Ordinal) == false);
        Assert.NotNull(line);

        await ProcessRunner.RunAsync(
            "kill",
            ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)],
            cancellationToken: Token
        );
        var rest = process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token).WaitAsync(ProcessRunner.HangGuard, Token);

        Assert.Equal(130, process.ExitCode);
        Assert.DoesNotContain("mcp.json", await rest, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    private void AssertNothingIsLeft()
    {
        Assert.Empty(_temporary.Files());
        Assert.DoesNotContain(Process.GetProcesses(), process =>
            FileOf(process)?.StartsWith(Folder, StringComparison.Ordinal) == true
        );
    }

    private static string? FileOf(Process process)
    {
        try
        {
            return process.MainModule?.FileName;
        }
        catch (Exception exception)
            when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            // Another user's, or already gone.
            return null;
        }
    }

    // Built with this project, into its own folder, in the same configuration and for the same framework.
    private static string BuiltFolder()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return RepositoryRoot.PathOf("samples", "Quickstart", "bin", own.Parent!.Name, own.Name);
    }
}
