using McpRuntime.Http.Access;

namespace McpRuntime.Http.LiveView;

/// <summary>How many live views are open at this replica.</summary>
internal sealed class LiveViewers
{
    private const int Most = 100;
    private const int MostOfCaller = 20;

    private readonly CallerCounts _ofCallers = new();
    private int _count;

    /// <summary>There is one and was none, or the reverse. Listeners only note it.</summary>
    public event Action? Changed;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts one more; says why it cannot be opened, with nothing counted, or null.</summary>
    public string? TryAdd(Caller caller)
    {
        if (!_ofCallers.TryAdd(caller.Id, MostOfCaller))
            return $"This caller has {MostOfCaller} live views open; close some.";
        var count = Interlocked.Increment(ref _count);
        if (count <= Most)
        {
            if (count == 1)
                Changed?.Invoke();
            return null;
        }
        Remove(caller);
        return $"There are {Most} live views already; try again later.";
    }

    public void Remove(Caller caller)
    {
        _ofCallers.Remove(caller.Id);
        if (Interlocked.Decrement(ref _count) == 0)
            Changed?.Invoke();
    }
}
