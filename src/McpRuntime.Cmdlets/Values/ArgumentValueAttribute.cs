using System.Globalization;
using System.Management.Automation;
using System.Numerics;

namespace McpRuntime.Cmdlets.Values;

/// <summary>
/// Takes the value of a dynamic parameter before PowerShell converts it to the parameter's type: that conversion writes dates by
/// the culture, cuts 2.5 to 2 for an integer, and rounds what was typed.
/// </summary>
/// <param name="schema">The argument's schema.</param>
/// <param name="type">The parameter's type.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ArgumentValueAttribute(ValueSchema schema, Type type) : ArgumentTransformationAttribute
{
    // The value that counts in the place of the parameter's.
    private JsonNumber? _number;

    // PowerShell makes empty text of $null.
    private bool _isNull;

    /// <summary>The value of a parameter as it was given.</summary>
    public static object? ValueOf(RuntimeDefinedParameter parameter) => parameter.Attributes.OfType<ArgumentValueAttribute>().FirstOrDefault() switch
    {
        { _isNull: true } => null,
        { _number: { } number } => number,
        _ => parameter.Value,
    };

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        (_number, _isNull) = (null, inputData is null);
        if (inputData is null)
            return null!;
        try
        {
            if (type == typeof(string))
                return Text(inputData);
            if (type == typeof(BigInteger) || type == typeof(decimal))
                return Numeric(inputData);
            return type == typeof(bool) ? Flag(inputData) : inputData;
        }
        catch (McpRuntimeException exception)
        {
            throw new ArgumentTransformationMetadataException(exception.Message, exception);
        }
    }

    private static object Flag(object value) => Plain(value) switch
    {
        SwitchParameter given => given.IsPresent,
        string text when bool.TryParse(text, out var flag) => flag,
        _ => value,
    };

    private object Text(object value)
    {
        var plain = Plain(value);
        // Beside a number that was typed PowerShell keeps its text: 0123 is not 123.
        if (NumberText.Of(plain) is { } number)
            return value is PSObject ? value : number;
        return plain is string text ? schema.Spelled(text) : ValueText.Of(plain, schema) ?? value;
    }

    private object Numeric(object value)
    {
        var plain = Plain(value);
        var text = NumberText.AsTyped(value) ?? NumberText.Of(plain) ?? (plain is string given && NumberText.IsNumber(given) ? given : ValueText.UnixTime(plain, schema));
        if (text is null)
            return plain is DateTime or DateTimeOffset or TimeSpan
                ? throw new McpRuntimeException($"A {plain.GetType().Name} cannot be converted to a number: the schema does not tell the unit.") : value;
        var integer = NumberText.Integer(text);
        if (type == typeof(BigInteger) && integer is null)
            throw new McpRuntimeException($"{text} is not an integer.");
        _number = new JsonNumber(type == typeof(BigInteger) ? integer! : text);
        if (type == typeof(BigInteger))
            return BigInteger.Parse(integer!, CultureInfo.InvariantCulture);
        // The parameter's own value is not used; it only has to be one.
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0m;
    }

    private static object Plain(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
