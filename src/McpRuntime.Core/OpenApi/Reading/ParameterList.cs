using System.Text.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Reading;

/// <summary>
/// The Parameter Objects of an operation: those of its path, and its own in their place or after them.
/// </summary>
/// <param name="references">Follows those that are references.</param>
/// <param name="findings">Told of what is not a parameter.</param>
/// <param name="read">Makes a parameter of an object with <c>name</c> and <c>in</c>; null where it cannot be sent or is
/// not an argument.</param>
internal sealed class ParameterList(
    ReferenceFollower references,
    ImportFindings findings,
    Func<Node, string, string, Found<Parameter?>> read
)
{
    private readonly ParseCache<ParameterObject?> _known = new();

    /// <summary>Those of an operation.</summary>
    internal List<ListedParameter> Read(OperationHead head)
    {
        var parameters = new List<ListedParameter>();
        // The farthest path item first: a nearer one takes its place.
        for (var i = head.PathItems.Count - 1; i >= 0; i--)
            Add(head.PathItems[i], parameters);
        Add(head.Node, parameters);
        foreach (var parameter in parameters)
            findings.AddAll(parameter.Findings);
        return parameters;
    }

    private void Add(Node owner, List<ListedParameter> parameters)
    {
        if (!JsonRead.TryGet(owner.Element, "parameters"u8, out var list))
            return;
        var place = owner.Child("parameters", list);
        if (list.ValueKind != JsonValueKind.Array)
        {
            findings.Warn(
                ImportRules.WrongType,
                place,
                $"'parameters' must be an array, not {JsonRead.Kind(list)}; ignored."
            );
            return;
        }
        parameters.EnsureCapacity(parameters.Count + list.GetArrayLength());
        var position = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (references.Follow(place.Child(position++, item), "A parameter") is not { } node)
                continue;
            var found = _known.Get(node, Read);
            if (found.Value is { } parameter)
                Add(new ListedParameter(node, parameter, found.Findings), parameters);
            else
                findings.AddAll(found.Findings);
        }
    }

    // There are few, and most have their own names: looking through them costs less than an index.
    private static void Add(ListedParameter parameter, List<ListedParameter> parameters)
    {
        // Names of headers have no case (RFC 9110 section 5.1).
        var comparison =
            parameter.Object.In == "header" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        for (var i = 0; i < parameters.Count; i++)
        {
            if (
                parameters[i].Object.In == parameter.Object.In
                && parameters[i].Object.Name.Equals(parameter.Object.Name, comparison)
            )
            {
                parameters[i] = parameter;
                return;
            }
        }
        parameters.Add(parameter);
    }

    private Found<ParameterObject?> Read(Node node)
    {
        if (
            JsonRead.Text(node.Element, "name"u8) is { } name
            && !string.IsNullOrWhiteSpace(name)
            && JsonRead.Text(node.Element, "in"u8) is { } place
        )
        {
            var parameter = read(node, name, place);
            return new Found<ParameterObject?>(new ParameterObject(name, place, parameter.Value), parameter.Findings);
        }
        var problem = new ImportFindings();
        problem.Warn(ImportRules.Parameter, node, "A parameter needs 'name' and 'in'; ignored.");
        return problem.With<ParameterObject?>(null);
    }
}

/// <summary>A Parameter Object.</summary>
/// <param name="Name">Its <c>name</c>.</param>
/// <param name="In">Its <c>in</c>, as the document has it.</param>
/// <param name="Parameter">What the reader of the document's version made of it; null where that is not a
/// parameter.</param>
internal sealed record ParameterObject(string Name, string In, Parameter? Parameter);

/// <summary>A Parameter Object that an operation lists.</summary>
/// <param name="Node">Where it is, after its references.</param>
/// <param name="Object">What it says.</param>
/// <param name="Findings">What was found in it there.</param>
internal sealed record ListedParameter(Node Node, ParameterObject Object, IReadOnlyList<ImportFinding> Findings)
{
    /// <summary>The parameter, in this place.</summary>
    internal Parameter? Parameter => Object.Parameter is { } parameter ? parameter with { Node = Node } : null;
}
