using System.Collections.ObjectModel;
using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Binding;

/// <summary>
/// The arguments of a tool as parameters of one call of the command; see <see cref="ParameterNames"/>.
/// </summary>
internal sealed class ArgumentParameters
{
    private readonly List<(string Argument, RuntimeDefinedParameter Parameter)> _parameters = [];

    public ArgumentParameters(ParameterNames names)
    {
        foreach (var (name, argument) in names.Arguments)
        {
            var parameter = Define(name, argument);
            _parameters.Add((argument.Name, parameter));
            Dictionary.Add(name, parameter);
        }
        foreach (var name in names.Ambiguous)
        {
            Dictionary.TryAdd(
                name,
                new RuntimeDefinedParameter(
                    name,
                    typeof(FullNameOnly),
                    [new ParameterAttribute { DontShow = true }, new AmbiguousCaseAttribute(name)]
                )
            );
        }
    }

    /// <summary>What PowerShell binds to.</summary>
    public RuntimeDefinedParameterDictionary Dictionary { get; } = [];

    /// <summary>The values that the line gives, by the names of arguments.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Given() =>
        _parameters
            .Where(entry => entry.Parameter.IsSet)
            .Select(entry => KeyValuePair.Create(entry.Argument, ArgumentValueAttribute.ValueOf(entry.Parameter)));

    // Not mandatory: -Argument and the pipeline may bring it. What is missing is told by the call, all at once.
    private static RuntimeDefinedParameter Define(string name, OfferedArgument argument)
    {
        var attributes = new Collection<Attribute> { new ParameterAttribute(), new ArgumentValueAttribute(argument) };
        if (ArgumentHelp.Tip(argument) is { Length: > 0 } tip)
            ((ParameterAttribute)attributes[0]).HelpMessage = tip;
        // The call decides which values are allowed; here they are only for completion.
        if (argument.Choices.Values.Count > 0 && argument.Type != typeof(SwitchParameter))
            attributes.Add(new ArgumentCompleterAttribute(typeof(ChoiceCompleter)));
        return new RuntimeDefinedParameter(name, argument.Type, attributes);
    }
}
