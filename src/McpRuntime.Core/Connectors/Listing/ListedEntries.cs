using McpRuntime.Connectors.Listing.Profiles;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Listing;

/// <summary>The entries of one list: those of its connectors, in the list's form.</summary>
internal sealed class ListedEntries
{
    private readonly Dictionary<ConnectorManifest, ToolEntries> _connectors = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ServedTool, ReadOnlyMemory<byte>> _changed = new(ReferenceEqualityComparer.Instance);

    public ListedEntries(IReadOnlyList<ServedTool> tools, ListForm form)
    {
        var rules = ProfileRules.Of(form.Profile);
        foreach (var tool in tools)
        {
            if (!_connectors.TryGetValue(tool.Connector, out var entries))
                _connectors.Add(tool.Connector, entries = ToolEntries.Of(tool.Connector, form.OutputSchemas));
            var isAsked = form.ConfirmDestructive && tool.Access == ToolAccess.Destructive;
            if (rules is null && !isAsked)
                continue;
            var entry = entries.Of(tool);
            if (rules is not null)
                entry = ProfiledEntry.Of(entry.Span, rules);
            _changed.Add(tool, isAsked ? ClientHints.WithConfirmation(entry.Span) : entry);
        }
    }

    /// <inheritdoc cref="ToolEntry.Write"/>
    public ReadOnlyMemory<byte> Of(ServedTool tool) =>
        _changed.TryGetValue(tool, out var entry) ? entry : _connectors[tool.Connector].Of(tool);
}
