using System.Diagnostics;
using System.Text;

namespace McpRuntime.Benchmarks.Stdio;

/// <summary>A server under measurement: lines in, lines out, by the bytes.</summary>
internal sealed class ServerProcess : IDisposable
{
    public const string Initialize =
        """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}}""";

    public const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    public const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    private readonly Process _process;
    private readonly Stream _output;
    private readonly byte[] _buffer = new byte[1 << 20];

    /// <param name="executable">The program.</param>
    /// <param name="home">Its data and cache folders are there, and not in the user's own.</param>
    /// <param name="arguments">Its arguments.</param>
    public ServerProcess(string executable, string home, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MCP_RUNTIME_DATA_DIR"] = Path.Combine(home, "data");
        start.Environment["MCP_RUNTIME_CACHE_DIR"] = Path.Combine(home, "cache");
        // The list of all tools is what is measured, whatever their number.
        start.Environment["MCP_RUNTIME_EXPOSE"] = "all";
        Started = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _output = _process.StandardOutput.BaseStream;
    }

    /// <summary>Just before the process was started.</summary>
    public long Started { get; }

    public void Send(params ReadOnlySpan<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(line).Append('\n');
        var input = _process.StandardInput.BaseStream;
        input.Write(Encoding.UTF8.GetBytes(text.ToString()));
        input.Flush();
    }

    /// <summary>Reads one whole line and returns its length.</summary>
    public int Receive(Stream? copy = null)
    {
        var total = 0;
        while (true)
        {
            var read = _output.Read(_buffer);
            if (read == 0)
                throw new EndOfStreamException($"{_process.StartInfo.FileName} ended.");
            total += read;
            copy?.Write(_buffer.AsSpan(0, read));
            if (_buffer[read - 1] == '\n')
                return total;
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
