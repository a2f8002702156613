using System.Collections;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Tools;

namespace McpRuntime.Cmdlets.Commands.Calls;

/// <summary>
/// What one call was given. The line wins over -Argument, and that over what the pipeline brings.
/// </summary>
/// <param name="line">Values by parameter.</param>
/// <param name="table">Values by argument.</param>
/// <param name="input">The object of the pipeline; null for none.</param>
internal sealed class GivenArguments(IReadOnlyDictionary<string, object?> line, IDictionary table, PipedObject? input)
{
    /// <summary>All parameters of the line are parameters of the tool.</summary>
    public bool Fits(ParameterLayout layout) => line.Keys.All(layout.Has);

    /// <summary>The object of the pipeline; null for none.</summary>
    public PipedObject? Input => input;

    /// <summary>Values by the names of the tool's arguments.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="layout">Its parameters.</param>
    /// <param name="replaces">The object of the pipeline is what the call replaces.</param>
    public Dictionary<string, object?> For(McpTool tool, ParameterLayout layout, bool replaces)
    {
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table)
            given[tool.Arguments.Resolve(entry.Key.ToString() ?? "")] = entry.Value;
        foreach (var parameter in layout.All)
        {
            var argument = parameter.Argument;
            var isReplaced = replaces && ReplacedResource.Has(tool, argument.Name);
            if (line.TryGetValue(parameter.Name, out var value))
                given[argument.Name] = value;
            else if (given.ContainsKey(argument.Name) || input is null)
                continue;
            else if (parameter.IsPiped && input.Scalar is { } scalar)
                given[argument.Name] = scalar;
            else if (
                input.TryGet(
                    parameter.Name,
                    [argument.Name, .. parameter.Properties],
                    argument.IsRequired || parameter.IsIdentity || isReplaced,
                    allowsNull: isReplaced && argument.IsNullable,
                    out value
                )
            )
                given[argument.Name] = value;
        }
        return given;
    }
}
