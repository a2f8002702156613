using System.Text.Json;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Operations;

/// <summary>The Parameter Objects of an operation: those of its path, and its own in their place or after them.</summary>
internal static class ParameterList
{
    internal static IReadOnlyList<Node> Read(OperationHead head, ReferenceFollower references, ImportFindings findings)
    {
        var parameters = new List<Node>();
        var index = new Dictionary<(string Name, string In), int>();
        // The farthest path item first: a nearer one takes its place.
        for (var i = head.PathItems.Count - 1; i >= 0; i--)
            Add(head.PathItems[i], parameters, index, references, findings);
        Add(head.Node, parameters, index, references, findings);
        return parameters;
    }

    private static void Add(
        Node owner, List<Node> parameters, Dictionary<(string Name, string In), int> index, ReferenceFollower references, ImportFindings findings)
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
            if (index.TryGetValue((name, place), out var known))
                parameters[known] = parameter;
            else
            {
                index.Add((name, place), parameters.Count);
                parameters.Add(parameter);
            }
        }
    }
}
