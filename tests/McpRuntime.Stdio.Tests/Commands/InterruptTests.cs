using System.Globalization;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

public sealed class InterruptTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_an_import_that_waits_and_leaves_nothing(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send to one process.");
        var token = TestContext.Current.CancellationToken;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RecordingUpstream.Start(
            async (_, _, cancellationToken) =>
            {
                asked.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        );
        using var process = _runtime.Start("import", $"{upstream.Url}openapi.json", "--name", "library");
        await asked.Task.WaitAsync(ProcessRunner.HangGuard, token);

        await ProcessRunner.RunAsync(
            "kill",
            [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)],
            cancellationToken: token
        );
        await process.WaitForExitAsync(token).WaitAsync(ProcessRunner.HangGuard, token);

        Assert.Equal(code, process.ExitCode);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(token));
        Assert.False(Directory.Exists(_runtime.ConnectorsFolder));
    }
}
