using System.Globalization;
using System.Management.Automation;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Commands.Output;

/// <summary>
/// Turns text into [datetime] where the schema says <c>date-time</c>. What a schema says is looked up when a property
/// of it first comes.
/// </summary>
internal sealed class DateTree(ValueSchema schema)
{
    private readonly Dictionary<string, DateTree> _properties = new(StringComparer.Ordinal);
    private readonly bool _isDate = schema.HasFormat("date-time");
    private DateTree? _items;

    /// <summary>Text that is not a date (RFC 3339) stays text.</summary>
    public object? Apply(object? value)
    {
        switch (value)
        {
            case string text when _isDate:
                return DateTime.TryParse(
                    text,
                    CultureInfo.InvariantCulture,
                    text.EndsWith('Z') ? DateTimeStyles.AdjustToUniversal : DateTimeStyles.RoundtripKind,
                    out var time
                )
                    ? time
                    : text;
            case object?[] list:
                var items = Items();
                for (var i = 0; i < list.Length; i++)
                    list[i] = items.Apply(list[i]);
                return list;
            case PSObject { BaseObject: PSCustomObject } result:
                foreach (var property in result.Properties)
                {
                    if (property.Value is string or object?[] or PSObject)
                        Replace(property);
                }
                return result;
            default:
                return value;
        }
    }

    private void Replace(PSPropertyInfo property)
    {
        var applied = Property(property.Name).Apply(property.Value);
        if (!ReferenceEquals(applied, property.Value))
            property.Value = applied;
    }

    // Commands of several runspaces share it.
    private DateTree Property(string name)
    {
        lock (_properties)
        {
            if (!_properties.TryGetValue(name, out var tree))
                _properties.Add(name, tree = new DateTree(schema.Property(name)));
            return tree;
        }
    }

    private DateTree Items()
    {
        lock (_properties)
            return _items ??= new DateTree(schema.Items());
    }
}
