using System.Text.Json;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>The arguments of a tool, from its input schema. Immutable; made once a tool.</summary>
internal sealed class ToolArguments
{
    private readonly Dictionary<string, OfferedArgument> _byName = new(StringComparer.Ordinal);
    private readonly ValueSchema _whole;

    /// <param name="schema">An object at its root, which holds what its references mean.</param>
    public ToolArguments(JsonElement schema)
    {
        Schema = schema;
        _whole = ValueSchema.Of(schema);
        var required = _whole.RequiredNames();
        All =
        [
            .. _whole
                .Properties()
                .Select(property => new OfferedArgument(
                    property.Key,
                    property.Value,
                    _whole.Property(property.Key),
                    required.Contains(property.Key)
                )),
        ];
        foreach (var argument in All)
            _byName[argument.Name] = argument;
    }

    /// <summary>The schema.</summary>
    public JsonElement Schema { get; }

    /// <summary>In the order of the schema.</summary>
    public IReadOnlyList<OfferedArgument> All { get; }

    /// <summary>What is said about an argument, also about one that the schema does not name.</summary>
    public ValueSchema SchemaOf(string name) =>
        _byName.TryGetValue(name, out var argument) ? argument.Schema : _whole.Property(name);

    /// <summary>
    /// Finds an argument as PowerShell finds a parameter, whatever the case; an exact name goes first.
    /// </summary>
    /// <returns>Its own spelling; the name as it is where no argument, or more than one, is meant.</returns>
    public string Resolve(string name)
    {
        if (_byName.ContainsKey(name))
            return name;
        var found = All.Where(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
        return found.Length == 1 ? found[0].Name : name;
    }

    /// <summary>The schema names the argument, in exactly this spelling.</summary>
    public bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>The required arguments that are not among the given ones.</summary>
    public IEnumerable<OfferedArgument> Missing(Func<string, bool> isGiven) =>
        All.Where(argument => argument.IsRequired && !isGiven(argument.Name));
}
