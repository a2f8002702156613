using System.Text.Json;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Operations;

/// <summary>The Parameter Objects of an operation: those of its path, and its own in their place or after them.</summary>
internal static class ParameterList
{
    internal static IReadOnlyList<Node> Read(OperationHead head, ReferenceFollower references, ImportFindings findings)
    {
        var parameters = new List<Node>();
        var keys = new List<(string Name, string In)>();
        // The farthest path item first: a nearer one takes its place.
        for (var i = head.PathItems.Count - 1; i >= 0; i--)
            Add(head.PathItems[i], parameters, keys, references, findings);
        Add(head.Node, parameters, keys, references, findings);
        return parameters;
    }

    private static void Add(
        Node owner, List<Node> parameters, List<(string Name, string In)> keys, ReferenceFollower references, ImportFindings findings)
    {
        if (!JsonRead.TryGet(owner.Element, "parameters"u8, out var list))
            return;
        var node = owner.Child("parameters", list);
        if (list.ValueKind != JsonValueKind.Array)
        {
            findings.Warn("wrong-type", node, $"'parameters' is an array, and this is {JsonRead.Kind(list)}; it is passed over.");
            return;
        }
        var position = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (references.Follow(node.Child(position++, item), "A parameter") is not { } parameter)
                continue;
            if (JsonRead.Text(parameter.Element, "name"u8) is not { } name || string.IsNullOrWhiteSpace(name)
                || JsonRead.Text(parameter.Element, "in"u8) is not { } place)
            {
                findings.Warn("parameter", parameter, "A parameter needs 'name' and 'in'; this one is passed over.");
                continue;
            }
            // There are few, and most have names of their own: looking through them costs less than an index.
            var known = keys.IndexOf((name, place));
            if (known >= 0)
                parameters[known] = parameter;
            else
            {
                keys.Add((name, place));
                parameters.Add(parameter);
            }
        }
    }
}
