using System.Management.Automation;
using System.Management.Automation.Language;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Commands.Declarations;

/// <summary>
/// Text as an API takes it: dates in ISO 8601, numbers and booleans as JSON spells them, whatever the culture. Objects
/// and script blocks are refused, which PowerShell would turn into the name of their type.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ApiTextAttribute : ArgumentTransformationAttribute
{
    /// <summary><c>$null</c> is sent as null; otherwise PowerShell makes empty text of it.</summary>
    public bool AllowNull { get; init; }

    /// <summary>The parameter takes several texts.</summary>
    public bool IsList { get; init; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = CarriedValues.Of(inputData);
        var plain = given is PSObject wrapped ? wrapped.BaseObject : given;
        return plain switch
        {
            null => AllowNull ? NullString.Value : inputData!,
            string => given!,
            Array when !IsList => throw new ArgumentTransformationMetadataException(
                "The parameter takes one text, not a list of them."
            ),
            Array list => Array.ConvertAll([.. list.Cast<object>()], ItemOf),
            _ => ItemOf(given!),
        };
    }

    private static object ItemOf(object given)
    {
        var plain = given is PSObject wrapped ? wrapped.BaseObject : given;
        try
        {
            return plain is null or string
                ? given
                : NumberText.TextOf(given) ?? ValueText.Of(plain, ValueSchema.Any) ?? throw NotText(plain);
        }
        catch (McpRuntimeException exception)
        {
            throw new ArgumentTransformationMetadataException(exception.Message, exception);
        }
    }

    private static ArgumentTransformationMetadataException NotText(object value) =>
        new(
            value is ScriptBlock
                ? "A script block is not text. For a value of each object, use ForEach-Object."
                : $"A value of the type {value.GetType().Name} is not text. Give one of its properties."
        );
}
