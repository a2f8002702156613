using System.Text;
using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// The way from a schema's root to where the writer is; made into a pointer only when there is a finding.
/// </summary>
/// <param name="root">The place of the schema.</param>
internal sealed class SchemaPath(DocumentPath root)
{
    private readonly List<(JsonProperty Property, int Index)> _steps = [];
    private DocumentPath _root = root;

    internal void Start(DocumentPath root)
    {
        _root = root;
        _steps.Clear();
    }

    internal void Push(JsonProperty property) => _steps.Add((property, -1));

    internal void Push(int index) => _steps.Add((default, index));

    internal void Pop() => _steps.RemoveAt(_steps.Count - 1);

    internal string Pointer(string? keyword = null)
    {
        var pointer = new StringBuilder(_root.ToString());
        foreach (var (property, index) in _steps)
        {
            pointer.Append('/');
            if (index >= 0)
                pointer.Append(index);
            else
                pointer.Append(JsonPointer.Escape(JsonRead.Name(property)));
        }
        if (keyword is not null)
            pointer.Append('/').Append(keyword);
        return pointer.ToString();
    }
}
