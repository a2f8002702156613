using McpRuntime.Json;

namespace McpRuntime.Documents;

/// <summary>Where a walk over a document stands. Costs nothing until somebody asks for the pointer.</summary>
internal sealed class YamlPath
{
    private readonly List<(string? Key, int Index)> _steps = [];

    public int Depth => _steps.Count;

    public void Push() => _steps.Add((null, 0));

    public void Pop() => _steps.RemoveAt(_steps.Count - 1);

    public void At(string key) => _steps[^1] = (key, 0);

    public void At(int index) => _steps[^1] = (null, index);

    public override string ToString()
    {
        var pointer = "";
        foreach (var (key, index) in _steps)
            pointer = key is null ? JsonPointer.Append(pointer, index) : JsonPointer.Append(pointer, key);
        return pointer;
    }
}
