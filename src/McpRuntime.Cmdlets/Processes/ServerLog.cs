namespace McpRuntime.Cmdlets.Processes;

/// <summary>The newest lines that a server wrote to its standard error. Safe for threads.</summary>
/// <param name="time">The clock; the system's by default.</param>
internal sealed class ServerLog(TimeProvider? time = null)
{
    private const int MaxLines = 5000;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _changing = new();
    private readonly Queue<McpLogEntry> _entries = new();
    private TaskCompletionSource _more = Signal();
    private McpLogEntry? _last;
    private long _added;
    private bool _hasEnded;

    /// <summary>Name of the server, for lines from now on.</summary>
    public string Server { get; set; } = "";

    /// <summary>Raised for each line, on the thread that adds it.</summary>
    public event Action<McpLogEntry>? Added;

    public void Add(string line)
    {
        McpLogEntry entry;
        TaskCompletionSource more;
        lock (_changing)
        {
            entry = _last = LogLine.Read(line, Server, _time.GetLocalNow(), _last);
            _entries.Enqueue(entry);
            if (_entries.Count > MaxLines)
                _entries.Dequeue();
            _added++;
            (more, _more) = (_more, Signal());
        }
        Added?.Invoke(entry);
        more.SetResult();
    }

    /// <summary>No line follows.</summary>
    public void End()
    {
        lock (_changing)
            _hasEnded = true;
        _more.TrySetResult();
    }

    /// <summary>The lines after a position, which moves behind them.</summary>
    /// <param name="position">Lines that were read before, 0 at the beginning.</param>
    public IReadOnlyList<McpLogEntry> Read(ref long position)
    {
        lock (_changing)
        {
            var count = (int)Math.Min(_added - position, _entries.Count);
            position = _added;
            return [.. _entries.TakeLast(count)];
        }
    }

    /// <summary>Waits for lines after a position.</summary>
    /// <param name="position">Lines that were read before.</param>
    /// <returns>False where the log has ended and all of it was read.</returns>
    public async Task<bool> HasMoreAsync(long position)
    {
        for (; ; )
        {
            Task more;
            lock (_changing)
            {
                if (_added > position || _hasEnded)
                    return _added > position;
                more = _more.Task;
            }
            await more;
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
