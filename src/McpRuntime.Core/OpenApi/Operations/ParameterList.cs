using System.Text.Json;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Operations;

/// <summary>A Parameter Object of a list, references followed.</summary>
internal sealed class ListedParameter(Node node, string name, string place) : Repeatable
{
    internal Node Node { get; } = node;

    internal string Name { get; } = name;

    /// <summary><c>in</c>, as the document has it.</summary>
    internal string In { get; } = place;

    /// <summary>What the reader of the document's version made of it; null before.</summary>
    internal Parameter? Parameter { get; set; }
}

/// <summary>The Parameter Objects of an operation: those of its path, and its own in their place or after them.</summary>
internal sealed class ParameterList(ReferenceFollower references, ImportFindings findings)
{
    private readonly Repeats<ListedParameter> _known = new(findings);
    private readonly List<ListedParameter> _parameters = [];

    /// <summary>Those of an operation, until the next one's are read.</summary>
    internal List<ListedParameter> Read(OperationHead head)
    {
        _parameters.Clear();
        // The farthest path item first: a nearer one takes its place.
        for (var i = head.PathItems.Count - 1; i >= 0; i--)
            Add(head.PathItems[i], _parameters);
        Add(head.Node, _parameters);
        return _parameters;
    }

    private void Add(Node owner, List<ListedParameter> parameters)
    {
        if (!JsonRead.TryGet(owner.Element, "parameters"u8, out var list))
            return;
        if (list.ValueKind != JsonValueKind.Array)
        {
            findings.Warn(
                "wrong-type", owner.Child("parameters", list), $"'parameters' is an array, and this is {JsonRead.Kind(list)}; it is passed over.");
            return;
        }
        parameters.EnsureCapacity(parameters.Count + list.GetArrayLength());
        var position = 0;
        foreach (var item in list.EnumerateArray())
        {
            if ((_known.Find(owner.Resource, item, out var key) ?? Read(owner, list, item, position, key)) is { } parameter)
                Add(parameter, parameters);
            position++;
        }
    }

    // There are few, and most have names of their own: looking through them costs less than an index.
    private static void Add(ListedParameter parameter, List<ListedParameter> parameters)
    {
        // Names of headers have no case (RFC 9110 section 5.1).
        var comparison = parameter.In == "header" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].In == parameter.In && parameters[i].Name.Equals(parameter.Name, comparison))
            {
                parameters[i] = parameter;
                return;
            }
        }
        parameters.Add(parameter);
    }

    private ListedParameter? Read(Node owner, JsonElement list, JsonElement item, int position, TextKey key)
    {
        var said = findings.Said;
        if (references.Follow(owner.Child("parameters", list).Child(position, item), "A parameter") is not { } node)
            return null;
        if (JsonRead.Text(node.Element, "name"u8) is not { } name || string.IsNullOrWhiteSpace(name)
            || JsonRead.Text(node.Element, "in"u8) is not { } place)
        {
            findings.Warn("parameter", node, "A parameter needs 'name' and 'in'; this one is passed over.");
            return null;
        }
        var parameter = new ListedParameter(node, name, place);
        _known.Keep(key, parameter, said);
        return parameter;
    }
}
