using System.Diagnostics;
using System.Text;

namespace McpRuntime.Benchmarks.Load;

/// <summary>
/// Callers that share the standard input and output of one server, each of which has one call under way.
/// </summary>
internal sealed class StdioCaller(Process process)
{
    private readonly Stream _input = process.StandardInput.BaseStream;
    private readonly Stream _output = process.StandardOutput.BaseStream;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private long _lastId;

    /// <summary>Of the server.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Says hello, which the floor takes for any request.</summary>
    public void Begin()
    {
        Send(
            """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"load","version":"1"}}}"""
        );
        Receive();
        Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
    }

    /// <summary>
    /// Calls until the time is over, and returns the calls a second; whoever was answered calls again.
    /// </summary>
    public double Rate(int callers, TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        var count = Run(callers, () => Stopwatch.GetElapsedTime(started) < length);
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Calls so many times.</summary>
    public void WarmUp(int callers, int calls)
    {
        var left = calls;
        Run(callers, () => --left > 0);
    }

    private long Run(int callers, Func<bool> goesOn)
    {
        Call(callers);
        var open = callers;
        var count = 0L;
        while (open > 0)
        {
            var answered = Receive();
            count += answered;
            open -= answered;
            if (!goesOn())
                continue;
            Call(answered);
            open += answered;
        }
        return count;
    }

    private void Call(int times)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < times; i++)
            lines
                .Append("""{"jsonrpc":"2.0","id":""")
                .Append(++_lastId)
                .Append(""","method":"tools/call","params":{"name":"get_item","arguments":{"id":7}}}""")
                .Append('\n');
        Send(lines.ToString().TrimEnd('\n'));
    }

    private void Send(string lines)
    {
        _input.Write(Encoding.UTF8.GetBytes(lines + "\n"));
        _input.Flush();
    }

    // As many answers as have arrived, one at least.
    private int Receive()
    {
        while (true)
        {
            var read = _output.Read(_buffer);
            if (read == 0)
                throw new EndOfStreamException($"{process.StartInfo.FileName} ended.");
            if (
                _buffer.AsSpan(0, read).IndexOf("\"error\":{"u8) >= 0
                || _buffer.AsSpan(0, read).IndexOf("\"isError\":true"u8) >= 0
            )
                throw new InvalidOperationException(Encoding.UTF8.GetString(_buffer, 0, read));
            if (_buffer.AsSpan(0, read).Count((byte)'\n') is > 0 and var lines)
                return lines;
        }
    }
}
