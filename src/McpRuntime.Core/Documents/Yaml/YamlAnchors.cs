using System.Diagnostics.CodeAnalysis;
using McpRuntime.Configuration;
using McpRuntime.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.Documents.Yaml;

/// <summary>
/// Finished anchored nodes, and the budget for repeating them. An alias copies the JSON of its anchor, so a document
/// that multiplies itself (nine levels of ten aliases are a billion nodes) would otherwise fill the memory.
/// </summary>
internal sealed class YamlAnchors(DocumentLimits limits)
{
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private long _repeatedNodes;
    private long _repeatedBytes;

    /// <param name="Buffer">Holds the JSON of the node.</param>
    /// <param name="Start">Offset in the buffer.</param>
    /// <param name="Length">Bytes of JSON.</param>
    /// <param name="Count">Nodes in it, itself included.</param>
    /// <param name="Height">Levels of nesting in it; 0 for a scalar.</param>
    public readonly record struct Node(JsonBuffer Buffer, int Start, int Length, long Count, int Height)
    {
        public ReadOnlySpan<byte> Json => Buffer.Written.Span.Slice(Start, Length);
    }

    public void Define(string name, Node node) => _nodes[name] = node;

    /// <summary>The node of an anchor that is complete: a node cannot hold itself.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Node? node)
    {
        node = _nodes.TryGetValue(name, out var found) ? found : null;
        return node is not null;
    }

    /// <summary>Counts one repetition; false when the budget is used up.</summary>
    public bool TrySpend(Node node)
    {
        _repeatedNodes += node.Count;
        _repeatedBytes += node.Length;
        return _repeatedNodes <= limits.MaxAliasedNodes && _repeatedBytes <= limits.MaxBytes;
    }
}
