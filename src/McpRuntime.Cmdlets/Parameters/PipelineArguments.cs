using System.Management.Automation;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>Arguments from an object of the pipeline.</summary>
/// <remarks>
/// Properties give the arguments of their names. A scalar is the required argument that nothing else gives, where there
/// is exactly one; so is a file where that argument takes one. The identifier that a resource calls <c>id</c> is the
/// argument of its path: see <see cref="ItemArgument"/>.
/// </remarks>
internal sealed class PipelineArguments(ToolArguments tool, ItemArgument? item)
{
    /// <param name="input">The object.</param>
    /// <param name="isGiven">Whether the command line gives an argument.</param>
    /// <param name="found">The arguments; empty where the object has none.</param>
    /// <returns>False where it is a scalar, and not exactly one required argument is left for it.</returns>
    public bool TryRead(
        PSObject input,
        Func<string, bool> isGiven,
        out IReadOnlyList<KeyValuePair<string, object?>> found
    )
    {
        found = [];
        if (IsScalar(input.BaseObject) || input.BaseObject is FileInfo)
        {
            var open = tool.Missing(isGiven).Take(2).ToArray();
            if (
                open is [var only]
                && (input.BaseObject is not FileInfo || only.Schema.IsFile || only.Schema.IsEncodedBytes)
            )
            {
                found = [KeyValuePair.Create(only.Name, (object?)input)];
                return true;
            }
            if (input.BaseObject is not FileInfo)
                return false;
        }
        found = [.. FromProperties(input, isGiven)];
        return true;
    }

    private IEnumerable<KeyValuePair<string, object?>> FromProperties(PSObject input, Func<string, bool> isGiven)
    {
        var isItemNamed = false;
        foreach (var argument in tool.All)
        {
            if (!ObjectProperty.TryGet(input, argument.Name, out var value))
                continue;
            isItemNamed |= argument.Name == item?.Argument;
            yield return KeyValuePair.Create(argument.Name, value);
        }
        if (item is null || isItemNamed || isGiven(item.Argument))
            yield break;
        foreach (var name in item.Properties)
        {
            if (ObjectProperty.TryGet(input, name, out var value) && value is not null)
            {
                yield return KeyValuePair.Create(item.Argument, (object?)value);
                yield break;
            }
        }
    }

    private static bool IsScalar(object value) => value is string or ValueType or Uri or Version or byte[];
}
