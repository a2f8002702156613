using McpRuntime.Diagnostics;
using McpRuntime.Documents.Json;
using McpRuntime.Documents.Yaml;
using McpRuntime.Json;

namespace McpRuntime.Documents;

/// <summary>
/// Turns JSON pointers into lines and columns by a second pass over the text, so that no one pays for positions
/// before there is a finding. A member's place is its key; a pointer that leads nowhere gets its nearest parent's.
/// </summary>
internal static class SourceLocator
{
    public static IReadOnlyList<Finding> Locate(ParsedText parsed, string? source, IReadOnlyList<Finding> findings)
    {
        var root = new PositionNode();
        var nodes = new PositionNode?[findings.Count];
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].Line is null)
                nodes[i] = root.Want(findings[i].Pointer);
        }
        if (parsed.IsYaml)
            YamlPositions.Fill(parsed.Text.Span, root);
        else
            JsonPositions.Fill(parsed.Text.Span, parsed.Json.RootElement, root);

        var located = new Finding[findings.Count];
        for (var i = 0; i < located.Length; i++)
        {
            located[i] = findings[i];
            if (nodes[i]?.Nearest() is { } place)
                located[i] = findings[i] with
                {
                    Source = findings[i].Source ?? source,
                    Line = place.Line,
                    Column = place.Column,
                };
        }
        return located;
    }
}

/// <summary>A wanted pointer or a step towards one.</summary>
internal sealed class PositionNode
{
    private Dictionary<string, PositionNode>? _children;
    private PositionNode? _parent;

    public int Line { get; private set; }

    public int Column { get; private set; }

    public bool HasChildren => _children is not null;

    public void Found(int line, int column)
    {
        Line = line;
        Column = column;
    }

    public PositionNode? Child(string token) => _children?.GetValueOrDefault(token);

    public PositionNode? Child(int index) =>
        _children?.GetValueOrDefault(index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public PositionNode Want(string pointer)
    {
        var node = this;
        foreach (var token in JsonPointer.Tokens(pointer))
        {
            node._children ??= new Dictionary<string, PositionNode>(StringComparer.Ordinal);
            if (!node._children.TryGetValue(token, out var child))
                node._children[token] = child = new PositionNode { _parent = node };
            node = child;
        }
        return node;
    }

    public PositionNode? Nearest()
    {
        var node = this;
        while (node is { Line: 0 })
            node = node._parent;
        return node;
    }
}
