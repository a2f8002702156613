using System.Diagnostics;
using System.Text;

namespace McpRuntime.Testing;

/// <summary>What a process left behind.</summary>
public sealed record ProcessOutput(int ExitCode, string Out, string Error)
{
    /// <summary>All of it, for the message of a failed assertion.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- stdout\n{Out}\n--- stderr\n{Error}";
}

/// <summary>Starts a process, feeds it and waits for its end.</summary>
public static class ProcessRunner
{
    /// <summary>
    /// Milliseconds after which something hangs: many times what it takes on a slow machine under load, since no limit
    /// may turn such a machine into a failure.
    /// </summary>
    public const int HangGuardMilliseconds = 300_000;

    /// <summary>No process of a test runs longer; one that does hangs, and is ended with its children.</summary>
    public static readonly TimeSpan HangGuard = TimeSpan.FromMilliseconds(HangGuardMilliseconds);

    /// <summary>
    /// Runs to the end. The environment is the test's own without its <c>MCP_RUNTIME_*</c> variables, so that a
    /// developer's settings change nothing.
    /// </summary>
    /// <param name="fileName">The executable.</param>
    /// <param name="arguments">Passed as they are; no shell.</param>
    /// <param name="environment">Additional variables; null removes one.</param>
    /// <param name="input">Bytes of standard input, which is closed after them.</param>
    /// <param name="workingDirectory">Null: the test's own.</param>
    /// <param name="limit">Null: <see cref="HangGuard"/>.</param>
    /// <exception cref="TimeoutException">The process hung; the message holds what it had written.</exception>
    public static async Task<ProcessOutput> RunAsync(
        string fileName,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        ReadOnlyMemory<byte> input = default,
        string? workingDirectory = null,
        TimeSpan? limit = null,
        CancellationToken cancellationToken = default
    )
    {
        using var process = Start(fileName, arguments, environment, workingDirectory);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        guard.CancelAfter(limit ?? HangGuard);
        try
        {
            await FeedAsync(process, input, guard.Token);
            await process.WaitForExitAsync(guard.Token);
            return new ProcessOutput(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{fileName} {string.Join(' ', arguments)} did not end within {limit ?? HangGuard}.\n"
                    + $"--- stdout\n{await output}\n--- stderr\n{await error}"
            );
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Starts with all three streams redirected, UTF-8 on each; the caller ends and disposes it.</summary>
    public static Process Start(
        string fileName,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null
    )
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
        return Process.Start(start) ?? throw new InvalidOperationException($"{fileName} did not start.");
    }

    private static bool IsSetting(string name) => name.StartsWith("MCP_RUNTIME_", StringComparison.OrdinalIgnoreCase);

    private static async Task FeedAsync(
        Process process,
        ReadOnlyMemory<byte> input,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process ended without reading everything, which is its right; its exit code tells the rest.
        }
    }
}
