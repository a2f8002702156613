using System.Management.Automation;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Commands.Output;

/// <summary>The type that PowerShell shows of objects with a schema.</summary>
/// <param name="schema">Their schema.</param>
/// <param name="name">Such as <c>McpRuntime.Github.Issue</c>.</param>
/// <param name="item">What a command for one of them calls their identifier; null where there is none.</param>
internal sealed class ObjectType(ValueSchema schema, string name, ItemProperty? item)
{
    private readonly DateTree _dates = new(schema);
    private readonly DefaultView _view = new(schema, item);

    public string Name => name;

    /// <summary>Gives a value of JSON its dates, and an object its type.</summary>
    /// <param name="value">Of <see cref="Answers.JsonObjects"/>.</param>
    /// <param name="origin">The call that it answers.</param>
    /// <returns>The value.</returns>
    public object? Apply(object? value, PathValues origin)
    {
        var dated = _dates.Apply(value);
        if (dated is not PSObject { BaseObject: PSCustomObject } result)
            return dated;
        result.TypeNames.Insert(0, name);
        origin.AddTo(result);
        item?.AddTo(result);
        _view.AddTo(result);
        return result;
    }
}
