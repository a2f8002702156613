using System.Management.Automation;
using McpRuntime.Cmdlets.Commands.Declarations;
using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Cmdlets.Commands.Calls;

/// <summary>An object of the pipeline, and what PowerShell bound of it.</summary>
/// <param name="input">The object.</param>
/// <param name="bound">Values by parameter: a property of the object, or what a script block made of it.</param>
internal sealed class PipedObject(PSObject input, IReadOnlyDictionary<string, object> bound)
{
    /// <summary>
    /// It came from a command for an API: its properties are the state of a resource, of which only the identity is
    /// meant, unless more is required.
    /// </summary>
    public bool IsResource => TypeName?.Contains("McpRuntime.", StringComparison.Ordinal) == true;

    public string? TypeName { get; } = input.TypeNames.FirstOrDefault();

    /// <summary>
    /// It is a text or a number that PowerShell bound to no parameter; null where it is not. With a list as the default
    /// set, <c>7 | Get-PetPet</c> is bound to nothing.
    /// </summary>
    public object? Scalar { get; } =
        bound.Count == 0 && input.BaseObject is string or ValueType or FileInfo ? input.BaseObject : null;

    /// <summary>What it gives for a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="aliases">The parameter's other names.</param>
    /// <param name="isIdentity">The argument names what is called, is required or replaced.</param>
    /// <param name="allowsNull">Null is a value.</param>
    /// <param name="value">The value.</param>
    public bool TryGet(
        string parameter,
        IReadOnlyList<string> aliases,
        bool isIdentity,
        bool allowsNull,
        out object? value
    )
    {
        if (bound.TryGetValue(parameter, out value))
            return true;
        if ((!isIdentity && IsResource) || !TryProperty(parameter, aliases, out value))
            return false;
        value = CarriedValues.Of(value);
        return value is not null || allowsNull;
    }

    /// <summary>The first property of these names.</summary>
    public bool TryProperty(string name, IReadOnlyList<string> others, out object? value)
    {
        if (ObjectProperty.TryGet(input, name, out value))
            return true;
        foreach (var other in others)
        {
            if (ObjectProperty.TryGet(input, other, out value))
                return true;
        }
        return false;
    }
}
