using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace McpRuntime.Cmdlets.Commands.Declarations;

/// <summary>
/// Arguments of a call whose names are properties of its answer: a repository's <c>owner</c> is an object, and the
/// <c>owner</c> in the path a name. Where the object is given for the argument, the name is meant.
/// </summary>
internal static class CarriedValues
{
    private static readonly ConditionalWeakTable<PSObject, object> Values = [];

    /// <param name="value">The property of the answer.</param>
    /// <param name="argument">The argument of the call.</param>
    public static void Add(PSObject value, object argument) => Values.AddOrUpdate(value, argument);

    /// <summary>The argument that a value stands for; the value where it stands for none.</summary>
    public static object? Of(object? value) =>
        value is PSObject carrier && Values.TryGetValue(carrier, out var argument) ? argument : value;
}
