using McpRuntime.Json;

namespace McpRuntime.Documents.Yaml;

/// <summary>The position of a walk over a document. Costs nothing until someone asks for the pointer.</summary>
internal sealed class YamlPath
{
    // Two lists: one of pairs is compiled in each process, ahead-of-time compilation or not.
    private readonly List<string?> _keys = [];
    private readonly List<int> _indexes = [];

    public int Depth => _keys.Count;

    public void Push()
    {
        _keys.Add(null);
        _indexes.Add(0);
    }

    public void Pop()
    {
        _keys.RemoveAt(_keys.Count - 1);
        _indexes.RemoveAt(_indexes.Count - 1);
    }

    public void At(string key) => _keys[^1] = key;

    public void At(int index)
    {
        _keys[^1] = null;
        _indexes[^1] = index;
    }

    public override string ToString()
    {
        var pointer = "";
        for (var i = 0; i < Depth; i++)
            pointer = _keys[i] is { } key ? JsonPointer.Append(pointer, key) : JsonPointer.Append(pointer, _indexes[i]);
        return pointer;
    }
}
