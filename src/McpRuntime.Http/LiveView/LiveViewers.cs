using McpRuntime.Http.Access;

namespace McpRuntime.Http.LiveView;

/// <summary>How many live views are open at this replica.</summary>
internal sealed class LiveViewers
{
    private const int Most = 100;
    private const int MostOfCaller = 20;

    private readonly CallerCounts _ofCallers = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts one more; says why it cannot be opened, with nothing counted, or null.</summary>
    public string? TryAdd(Caller caller)
    {
        if (!_ofCallers.TryAdd(caller.Id, MostOfCaller))
            return $"This caller has {MostOfCaller} live views open; close some.";
        if (Interlocked.Increment(ref _count) <= Most)
            return null;
        Remove(caller);
        return $"There are {Most} live views already; try again later.";
    }

    public void Remove(Caller caller)
    {
        Interlocked.Decrement(ref _count);
        _ofCallers.Remove(caller.Id);
    }
}
