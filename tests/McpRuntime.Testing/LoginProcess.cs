using System.Diagnostics;

namespace McpRuntime.Testing;

/// <summary>A running <c>mcp-runtime login --no-browser</c>, whose browser is the test.</summary>
public sealed class LoginProcess : IDisposable
{
    private readonly string _shown;

    private LoginProcess(Process process, Uri url, string shown) => (Process, Url, _shown) = (process, url, shown);

    public Process Process { get; }

    /// <summary>What a browser is to open, once.</summary>
    public Uri Url { get; }

    /// <summary>Waits until it has printed the URL to open.</summary>
    /// <param name="process">With its streams redirected; disposed with this.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<LoginProcess> WaitAsync(Process process, CancellationToken cancellationToken)
    {
        var shown = "";
        while (await ReadLineAsync(process, cancellationToken) is { } line)
        {
            shown += line + "\n";
            if (line.StartsWith("http://127.0.0.1:", StringComparison.Ordinal))
                return new LoginProcess(process, new Uri(line), shown);
        }
        throw new InvalidOperationException(shown);
    }

    /// <summary>Follows redirects from the URL to the last page.</summary>
    public async Task<Uri> VisitAsync(CancellationToken cancellationToken)
    {
        using var browser = new HttpClient();
        using var answer = await browser.GetAsync(Url, cancellationToken);
        return answer.RequestMessage!.RequestUri!;
    }

    public async Task<ProcessOutput> EndAsync(CancellationToken cancellationToken)
    {
        var output = await Process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = _shown + await Process.StandardError.ReadToEndAsync(cancellationToken);
        await Process.WaitForExitAsync(cancellationToken).WaitAsync(ProcessRunner.HangGuard, cancellationToken);
        return new ProcessOutput(Process.ExitCode, output, error);
    }

    public void Dispose() => Process.Dispose();

    private static Task<string?> ReadLineAsync(Process process, CancellationToken cancellationToken) =>
        process
            .StandardError.ReadLineAsync(cancellationToken)
            .AsTask()
            .WaitAsync(ProcessRunner.HangGuard, cancellationToken);
}
