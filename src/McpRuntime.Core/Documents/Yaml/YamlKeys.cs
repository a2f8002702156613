namespace McpRuntime.Documents.Yaml;

/// <summary>The keys of the mappings that are open, in one list; only a large mapping pays for a set.</summary>
internal sealed class YamlKeys
{
    private const int LargestLinear = 16;

    private readonly List<string> _keys = [];

    /// <summary>The keys of one mapping.</summary>
    public struct Scope
    {
        internal int Start;
        internal HashSet<string>? Set;
    }

    public Scope Open() => new() { Start = _keys.Count };

    public void Close(in Scope scope) => _keys.RemoveRange(scope.Start, _keys.Count - scope.Start);

    /// <summary>False when the mapping has the key already.</summary>
    public bool Add(ref Scope scope, string key)
    {
        if (scope.Set is not null)
            return scope.Set.Add(key);
        var own = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_keys)[scope.Start..];
        foreach (var other in own)
        {
            if (other == key)
                return false;
        }
        _keys.Add(key);
        if (own.Length >= LargestLinear)
        {
            scope.Set = new HashSet<string>(_keys.Count - scope.Start, StringComparer.Ordinal);
            for (var i = scope.Start; i < _keys.Count; i++)
                scope.Set.Add(_keys[i]);
        }
        return true;
    }
}
