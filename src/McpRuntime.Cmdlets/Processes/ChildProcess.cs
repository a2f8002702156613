using System.Diagnostics;
using System.Text;

namespace McpRuntime.Cmdlets.Processes;

/// <summary>
/// A server that this process started. It ends when its standard input does, so it cannot outlive this process,
/// however that ends.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const int KeptLines = 20;

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private int _stopped;

    private ChildProcess(Process process, Action<string> onLine)
    {
        _process = process;
        Id = process.Id;
        Ended = EndAsync(onLine);
    }

    public int Id { get; }

    /// <summary>Messages to the server.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Messages from the server.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>The exit code, when the process has ended and every line was handed on.</summary>
    public Task<int> Ended { get; }

    /// <param name="executable">Full path.</param>
    /// <param name="arguments">No shell takes part.</param>
    /// <param name="onLine">Gets each line of standard error, on other threads.</param>
    /// <param name="environment">Changes the variables that the process inherits.</param>
    /// <exception cref="McpRuntimeException">It cannot be started.</exception>
    public static ChildProcess Start(
        string executable,
        IEnumerable<string> arguments,
        Action<string> onLine,
        Action<IDictionary<string, string?>>? environment = null
    )
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
            CreateNoWindow = true,
        };
        start.Environment["NO_COLOR"] = "1";
        environment?.Invoke(start.Environment);
        try
        {
            return new ChildProcess(Process.Start(start)!, onLine);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            throw new McpRuntimeException($"'{executable}' cannot be started: {exception.Message}", exception);
        }
    }

    /// <summary>The last lines of standard error, for an explanation.</summary>
    public string LastLines()
    {
        lock (_lastLines)
            return string.Join(Environment.NewLine, _lastLines);
    }

    /// <summary>
    /// Asks the process to end by closing its input, and ends it with its own children when it does not.
    /// </summary>
    /// <param name="patience">How long it may take.</param>
    public void Stop(TimeSpan patience)
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            Ended.Wait(patience);
            return;
        }
        CloseInput();
        if (Ended.Wait(patience))
            return;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself just now.
        }
        Ended.Wait(patience);
    }

    public void Dispose()
    {
        Stop(TimeSpan.FromSeconds(2));
        _process.Dispose();
    }

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // The process no longer reads.
        }
    }

    private async Task<int> EndAsync(Action<string> onLine)
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_lastLines)
            {
                _lastLines.Enqueue(line);
                if (_lastLines.Count > KeptLines)
                    _lastLines.Dequeue();
            }
            onLine(line);
        }
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }
}
