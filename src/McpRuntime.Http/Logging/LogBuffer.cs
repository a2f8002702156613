namespace McpRuntime.Http.Logging;

/// <summary>The last lines of the log, for <c>/v1/runtime/log</c>, and the source of the live view's.</summary>
internal sealed class LogBuffer
{
    private const int Capacity = 500;

    private readonly Lock _lock = new();
    private readonly LogEntry[] _ring = new LogEntry[Capacity];
    private long _written;

    /// <summary>Raised for each line on the writer's thread; listeners only queue.</summary>
    public event Action<LogEntry>? Written;

    public void Add(LogEntry entry)
    {
        lock (_lock)
            _ring[_written++ % Capacity] = entry;
        Written?.Invoke(entry);
    }

    /// <summary>The newest lines of at least a level, oldest first.</summary>
    public IReadOnlyList<LogEntry> Recent(LogLevel least, int most)
    {
        var found = new List<LogEntry>(Math.Min(most, Capacity));
        lock (_lock)
        {
            for (var i = _written - 1; i >= Math.Max(0, _written - Capacity) && found.Count < most; i--)
            {
                if (_ring[i % Capacity] is { } entry && entry.Level >= least)
                    found.Add(entry);
            }
        }
        found.Reverse();
        return found;
    }
}
