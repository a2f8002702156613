using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>
/// Keeps the value of a dynamic parameter as it was given. PowerShell's conversion to the parameter's type would write
/// dates by the culture, cut 2.5 to 2 for an integer, round what was typed, make empty text of null, and refuse an
/// object where the type says hashtable.
/// </summary>
/// <param name="argument">What the parameter is for.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ArgumentValueAttribute(OfferedArgument argument) : ArgumentTransformationAttribute
{
    private object? _given;

    /// <summary>The value of a parameter as it was given.</summary>
    public static object? ValueOf(RuntimeDefinedParameter parameter) =>
        parameter.Attributes.OfType<ArgumentValueAttribute>().FirstOrDefault() is { } own
            ? own._given
            : parameter.Value;

    /// <returns>What PowerShell takes for a value of the parameter's type: the given value where it can be
    /// one.</returns>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        _given = inputData;
        var plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (plain is null)
            return Nothing()!;
        if (argument.Type == typeof(SwitchParameter))
            return plain is string text && bool.TryParse(text, out var flag) ? flag : inputData;
        if (IsNumber && Number(inputData, plain) is { } number)
            _given = number;
        else if (IsNumber)
            return inputData;
        return
            LanguagePrimitives.TryConvertTo(inputData, argument.Type, CultureInfo.InvariantCulture, out var converted)
            && converted is not null
            ? converted
            : Nothing()!;
    }

    private bool IsNumber =>
        argument.Type == typeof(int)
        || argument.Type == typeof(long)
        || argument.Type == typeof(BigInteger)
        || argument.Type == typeof(decimal);

    // The parameter's own value is not used where the given one is of another type; it only has to be one.
    private object? Nothing() =>
        argument.Type switch
        {
            var type when type == typeof(string) => "",
            var type when type.IsArray => Array.CreateInstance(type.GetElementType()!, 0),
            var type when type.IsValueType => Activator.CreateInstance(type),
            var type when type == typeof(object) || type == typeof(Uri) => null,
            var type => Activator.CreateInstance(type),
        };

    private JsonNumber? Number(object value, object plain)
    {
        try
        {
            var text = NumberText.AsTyped(value)
                ?? NumberText.Of(plain)
                ?? (
                    plain is string given && NumberText.IsNumber(given)
                        ? given
                        : ValueText.UnixTime(plain, argument.Schema)
                );
            if (text is null)
            {
                return plain is DateTime or DateTimeOffset or TimeSpan
                    ? throw new McpRuntimeException(
                        $"A {plain.GetType().Name} cannot be converted to a number: the schema does not "
                            + $"define the unit."
                    )
                    : null;
            }
            if (argument.Type == typeof(decimal))
                return new JsonNumber(text);
            return new JsonNumber(
                NumberText.Integer(text) ?? throw new McpRuntimeException($"{text} is not an integer.")
            );
        }
        catch (McpRuntimeException exception)
        {
            throw new ArgumentTransformationMetadataException(exception.Message, exception);
        }
    }
}
