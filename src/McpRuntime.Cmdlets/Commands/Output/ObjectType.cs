using System.Management.Automation;
using System.Management.Automation.Runspaces;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Commands.Output;

/// <summary>The type that PowerShell shows of objects with a schema.</summary>
/// <param name="schema">Their schema.</param>
/// <param name="name">Such as <c>McpRuntime.Github.Issue</c>.</param>
internal sealed class ObjectType(ValueSchema schema, string name)
{
    private readonly DateTree _dates = new(schema);

    public string Name => name;

    /// <summary>Gives a value of JSON its dates, and an object its type.</summary>
    /// <param name="value">Of <see cref="Answers.JsonObjects"/>.</param>
    /// <param name="origin">The call that it answers.</param>
    /// <returns>The value.</returns>
    public object? Apply(object? value, AnswerOrigin origin)
    {
        var dated = _dates.Apply(value);
        if (dated is not PSObject { BaseObject: PSCustomObject } result)
            return dated;
        result.TypeNames.Insert(0, name);
        SessionTypes.Add(name, () => Describe(result, origin));
        origin.AddTo(result);
        return result;
    }

    private TypeData? Describe(PSObject first, AnswerOrigin origin)
    {
        var data = new TypeData(name);
        var item = origin.Item;
        if (DefaultView.Of(schema, item) is { Count: > 0 } shown)
            data.DefaultDisplayPropertySet = new PropertySetData(shown);
        if (item?.AliasFor(first) is { } property && origin.Allows(item.Argument, first.Properties[property].Value))
            data.Members.Add(item.Argument, new AliasPropertyData(item.Argument, property));
        return data.DefaultDisplayPropertySet is null && data.Members.Count == 0 ? null : data;
    }
}
