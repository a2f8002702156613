using System.Management.Automation;

namespace McpRuntime.Cmdlets.Answers;

/// <summary>
/// The properties of one object by name, whatever the case; cheap for the few that most objects have.
/// </summary>
internal struct PropertyNames()
{
    private const int Few = 12;

    private readonly List<PSNoteProperty> _all = [];
    private Dictionary<string, PSNoteProperty>? _many;

    /// <summary>PowerShell has its own members under these names.</summary>
    public static bool IsReserved(string name) =>
        name.StartsWith("ps", StringComparison.OrdinalIgnoreCase)
        && name.ToLowerInvariant() is "psbase" or "psadapted" or "psextended" or "psobject" or "pstypenames";

    public readonly PSNoteProperty? Find(string name)
    {
        if (_many is not null)
            return _many.GetValueOrDefault(name);
        foreach (var property in _all)
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property;
        }
        return null;
    }

    public void Add(PSNoteProperty property)
    {
        _all.Add(property);
        if (_many is not null)
            _many[property.Name] = property;
        else if (_all.Count > Few)
            _many = _all.ToDictionary(known => known.Name, StringComparer.OrdinalIgnoreCase);
    }
}
