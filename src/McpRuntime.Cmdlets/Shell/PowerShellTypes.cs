using System.Collections;
using System.Management.Automation;

namespace McpRuntime.Cmdlets.Shell;

/// <summary>
/// Types of PowerShell that the reference assembly does not know, and every PowerShell of the module does.
/// </summary>
internal static class PowerShellTypes
{
    private static readonly Type HashtableType = Find("OrderedHashtable");
    private static readonly Type CompletionsType = Find("ArgumentCompletionsAttribute");

    /// <summary>
    /// The hashtable of <c>ConvertFrom-Json -AsHashtable</c>: ordered, and exact about the case of keys.
    /// </summary>
    public static IDictionary OrderedHashtable() => (IDictionary)Activator.CreateInstance(HashtableType)!;

    /// <summary>Choices that are completed, but not enforced.</summary>
    public static Attribute ArgumentCompletions(string[] choices) =>
        (Attribute)Activator.CreateInstance(CompletionsType, [choices])!;

    private static Type Find(string name) =>
        typeof(PSObject).Assembly.GetType($"System.Management.Automation.{name}", throwOnError: true)!;
}
