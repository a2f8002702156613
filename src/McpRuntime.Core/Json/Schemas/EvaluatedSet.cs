namespace McpRuntime.Json.Schemas;

/// <summary>
/// Which members or items of one value have been evaluated, by their position: the annotations that
/// <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> depend on. Only made where one of the two is in play.
/// </summary>
internal sealed class EvaluatedSet
{
    private ulong _first;
    private ulong[] _rest = [];
    private bool _all;

    public void AddAll() => _all = true;

    public void Add(int position)
    {
        if (position < 64)
        {
            _first |= 1UL << position;
            return;
        }

        var index = (position >> 6) - 1;
        if (index >= _rest.Length)
            Array.Resize(ref _rest, Math.Max(index + 1, _rest.Length * 2));
        _rest[index] |= 1UL << (position & 63);
    }

    public bool Contains(int position)
    {
        if (_all)
            return true;
        if (position < 64)
            return (_first & (1UL << position)) != 0;
        var index = (position >> 6) - 1;
        return index < _rest.Length && (_rest[index] & (1UL << (position & 63))) != 0;
    }

    public void UnionWith(EvaluatedSet other)
    {
        _all |= other._all;
        _first |= other._first;
        if (other._rest.Length > _rest.Length)
            Array.Resize(ref _rest, other._rest.Length);
        for (var i = 0; i < other._rest.Length; i++)
            _rest[i] |= other._rest[i];
    }
}
