namespace McpRuntime.Calls.Caching;

/// <summary>
/// Answers of all callers, in memory only and within bounds: those that were not used for longest make room, first
/// those of a caller that has a quarter of all. Calls meet in one short lock, of connectors alone that have
/// <c>cache: true</c>.
/// </summary>
internal sealed class AnswerCache(CacheLimits? limits = null)
{
    private readonly CacheLimits _limits = limits ?? new CacheLimits();
    private readonly Lock _lock = new();
    private readonly Dictionary<CacheKey, LinkedListNode<Entry>> _entries = [];

    // The last used one first.
    private readonly LinkedList<Entry> _order = new();

    // Owners share them, which costs an answer now and then, never a wrong one.
    private readonly int[] _changes = new int[256];

    private long _bytes;

    /// <summary>How many answers there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    public CacheLimits Limits => _limits;

    public KeptAnswer? Find(CacheKey key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
                return null;
            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Answer;
        }
    }

    /// <summary>How often an owner's answers became old so far; for <see cref="Put"/>.</summary>
    public int ChangesOf(CacheOwner owner) => Volatile.Read(ref Changes(owner));

    /// <summary>Keeps an answer, unless something has changed since its request was sent.</summary>
    /// <param name="key">What it answers.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="changes">What <see cref="ChangesOf"/> was before the request.</param>
    public void Put(CacheKey key, KeptAnswer answer, int changes)
    {
        lock (_lock)
        {
            Take(key);
            var bytes = answer.Bytes;
            if (Changes(key.Owner) != changes || bytes > _limits.BytesOfCaller)
                return;
            MakeRoom(key.Owner.Caller, bytes);
            _entries[key] = _order.AddFirst(new Entry(key, answer, bytes));
            _bytes += bytes;
        }
    }

    public void Remove(CacheKey key)
    {
        lock (_lock)
            Take(key);
    }

    /// <summary>All answers of an owner are old, also those that are on their way.</summary>
    public void Drop(CacheOwner owner)
    {
        lock (_lock)
        {
            Changes(owner)++;
            for (var node = _order.First; node is not null; )
            {
                var next = node.Next;
                if (node.Value.Key.Owner == owner)
                    Take(node.Value.Key);
                node = next;
            }
        }
    }

    private ref int Changes(CacheOwner owner) => ref _changes[owner.GetHashCode() & 0xFF];

    private void MakeRoom(string caller, long bytes)
    {
        var (count, own) = (0, 0L);
        foreach (var entry in _order)
        {
            if (entry.Key.Owner.Caller != caller)
                continue;
            count++;
            own += entry.Bytes;
        }
        for (var node = _order.Last; node is not null; )
        {
            var isFull = count >= _limits.MostOfCaller || own + bytes > _limits.BytesOfCaller;
            if (!isFull)
                break;
            var before = node.Previous;
            if (node.Value.Key.Owner.Caller == caller)
            {
                count--;
                own -= node.Value.Bytes;
                Take(node.Value.Key);
            }
            node = before;
        }
        while (_order.Last is { } last && (_entries.Count >= _limits.Most || _bytes + bytes > _limits.Bytes))
            Take(last.Value.Key);
    }

    private void Take(CacheKey key)
    {
        if (!_entries.Remove(key, out var node))
            return;
        _order.Remove(node);
        _bytes -= node.Value.Bytes;
    }

    private sealed record Entry(CacheKey Key, KeptAnswer Answer, long Bytes);
}
