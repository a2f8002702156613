using System.Collections;
using System.Management.Automation;

namespace McpRuntime.Cmdlets.Commands.Calls;

/// <summary>An object of the pipeline, and what PowerShell bound of it.</summary>
/// <param name="input">The object.</param>
/// <param name="bound">Values by parameter: properties of the object, or of script blocks that ran on it.</param>
internal sealed class PipedObject(PSObject input, IReadOnlyDictionary<string, object> bound)
{
    /// <summary>
    /// It came from a command for an API: its properties are the state of a resource, of which only the identity is
    /// meant, unless more is required.
    /// </summary>
    public bool IsResource { get; } =
        input.TypeNames.FirstOrDefault()?.Contains("McpRuntime.", StringComparison.Ordinal) == true;

    /// <summary>What it gives for a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="aliases">The parameter's other names.</param>
    /// <param name="isIdentity">The argument names what is called, or is required.</param>
    /// <param name="value">The value.</param>
    public bool TryGet(string parameter, IReadOnlyList<string> aliases, bool isIdentity, out object? value)
    {
        var isBound = bound.TryGetValue(parameter, out value);
        var hasProperty = TryProperty(parameter, aliases, out var property);
        if (isBound)
            return isIdentity || !IsResource || !hasProperty || !IsSame(value!, property);
        value = property;
        return hasProperty && property is not null && (isIdentity || !IsResource);
    }

    /// <summary>The first property of these names.</summary>
    public bool TryProperty(string name, IReadOnlyList<string> others, out object? value)
    {
        if (TryProperty(name, out value))
            return true;
        foreach (var other in others)
        {
            if (TryProperty(other, out value))
                return true;
        }
        return false;
    }

    private bool TryProperty(string name, out object? value)
    {
        if (input.BaseObject is IDictionary table)
        {
            value = table.Contains(name) ? table[name] : null;
            return table.Contains(name);
        }
        var property = input.Properties[name];
        value = property?.Value;
        return property is not null;
    }

    // A script block gives another value than the property of the parameter's name has.
    private static bool IsSame(object value, object? property) =>
        property is not null
        && LanguagePrimitives.TryConvertTo(property, value.GetType(), out var converted)
        && LanguagePrimitives.Equals(value, converted);
}
