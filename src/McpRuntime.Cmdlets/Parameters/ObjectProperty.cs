using System.Collections;
using System.Management.Automation;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>A property of an object, or a key of a hashtable.</summary>
internal static class ObjectProperty
{
    /// <summary>
    /// PowerShell compares the names of properties without case; the keys of a hashtable it leaves to the hashtable.
    /// </summary>
    public static bool TryGet(PSObject input, string name, out object? value)
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
}
