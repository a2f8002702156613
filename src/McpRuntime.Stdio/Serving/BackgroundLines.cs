using System.Text;
using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio.Serving;

/// <summary>
/// Writes lines to a stream on its own thread. When no one reads the stream, lines are dropped and counted
/// instead of piling up or holding up anyone who has something to say.
/// </summary>
internal sealed class BackgroundLines(Stream stream) : IDisposable
{
    private const int MaxWaiting = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private readonly Queue<string> _waiting = new();
    private Thread? _writer;
    private int _dropped;
    private bool _ended;

    public void Add(string line)
    {
        lock (_lock)
        {
            if (_ended || _waiting.Count >= MaxWaiting)
            {
                _dropped++;
                return;
            }
            _waiting.Enqueue(line);
            if (_writer is null)
            {
                _writer = new Thread(Write) { IsBackground = true, Name = "Log" };
                _writer.Start();
            }
            Monitor.Pulse(_lock);
        }
    }

    public void Dispose()
    {
        Thread? writer;
        lock (_lock)
        {
            _ended = true;
            writer = _writer;
            Monitor.Pulse(_lock);
        }
        writer?.Join(Patience);
    }

    private void Write()
    {
        try
        {
            while (Next() is { } line)
                stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // No one reads any more, and there is no other place to say so.
        }
    }

    private string? Next()
    {
        lock (_lock)
        {
            while (_waiting.Count == 0 && !_ended)
                Monitor.Wait(_lock);
            if (_dropped > 0 && _waiting.Count < MaxWaiting / 2)
            {
                var count = _dropped;
                _dropped = 0;
                return $"(Dropped {CountText.Of(count, "line")} of the log: standard error was not read.)";
            }
            return _waiting.TryDequeue(out var line) ? line : null;
        }
    }
}
