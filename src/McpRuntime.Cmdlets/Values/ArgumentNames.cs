namespace McpRuntime.Cmdlets.Values;

/// <summary>Finds arguments as PowerShell finds parameters, whatever the case; an exact name goes first.</summary>
/// <param name="schema">The tool's input schema.</param>
internal sealed class ArgumentNames(ValueSchema schema)
{
    private readonly string[] _names = [.. schema.PropertyNames()];

    /// <summary>The argument's own spelling; the name as it is where no argument, or more than one, is meant.</summary>
    public string Resolve(string name)
    {
        if (_names.Contains(name, StringComparer.Ordinal))
            return name;
        var found = _names.Where(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
        return found.Length == 1 ? found[0] : name;
    }
}
