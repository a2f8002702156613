using System.Management.Automation;

namespace McpRuntime.Cmdlets.Binding;

/// <summary>
/// The type of a hidden twin: a parameter that has all abbreviations of another one, so that an abbreviation is
/// ambiguous, an error, instead of a value for the cmdlet that was meant for the tool. No value converts to it.
/// </summary>
public sealed class FullNameOnly
{
    internal const string ParameterSet = "Abbreviated";

    private FullNameOnly() { }
}

/// <summary>Refuses every value of a twin. Only an abbreviation that no other parameter shares gets so far.</summary>
/// <param name="parameter">The parameter whose twin this is.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TwinOfAttribute(string parameter) : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        throw new ArgumentTransformationMetadataException(
            $"-{parameter} of this command cannot be abbreviated. Write it in full; an argument of the tool "
                + $"with such a name has the suffix Value, or is given with -Argument."
        );
}

/// <summary>Refuses every value for a name that several arguments of the tool have in another case.</summary>
/// <param name="argument">The name.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AmbiguousCaseAttribute(string argument) : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        throw new ArgumentTransformationMetadataException(
            $"The tool has several arguments called {argument} that differ only in case. Give them with -Argument."
        );
}

/// <summary>Says what is missing where a value that is not a table of arguments is bound to one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ArgumentTableAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (plain is bool or SwitchParameter)
        {
            throw new ArgumentTransformationMetadataException(
                $"'${plain.ToString()!.ToLowerInvariant()}' is not a hashtable of arguments. A switch takes "
                    + $"its value after a colon, such as -draft:${plain.ToString()!.ToLowerInvariant()}."
            );
        }
        return plain is string or ValueType
            ? throw new ArgumentTransformationMetadataException(
                $"'{Diagnostics.UntrustedText.ForTerminal(plain.ToString())}' is not a hashtable of "
                    + $"arguments. Give each argument by its name, such as -id 7. -Name is the name of the "
                    + $"tool; an argument called name is -nameValue."
            )
            : inputData;
    }
}
