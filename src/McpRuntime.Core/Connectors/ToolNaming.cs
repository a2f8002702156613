using McpRuntime.Manifests;

namespace McpRuntime.Connectors;

/// <summary>
/// Gives every tool its name on the wire: its own name where only one connector has it; <c>connector__tool</c> for
/// each of several, and for a name that a built-in tool has. The outcome depends on the set of connectors alone.
/// </summary>
internal static class ToolNaming
{
    /// <param name="connectors">In the order of their names.</param>
    /// <param name="earlier">Tools of the snapshot before; taken over where their manifest and their name stay.</param>
    /// <returns>The tools in order; by ambiguous bare name, the names to choose from.</returns>
    public static (ServedTool[] Tools, IReadOnlyDictionary<string, string[]> Ambiguous) Assign(
        IReadOnlyList<ConnectorManifest> connectors,
        IReadOnlyList<ServedTool> earlier
    )
    {
        var entries = new List<Entry>();
        foreach (var connector in connectors)
        {
            var heads = ToolHead.AllOf(connector);
            for (var i = 0; i < heads.Count; i++)
                entries.Add(new Entry(connector, i, heads[i]));
        }

        var bare = Group(entries);
        var ambiguous = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var prefixed = false;
        foreach (var (name, sharing) in bare)
        {
            if (sharing.Count == 1 && !WireName.Reserved.Contains(name))
                continue;
            foreach (var entry in sharing)
                entry.Name = WireName.For(entry.Connector.Name, entry.Head.Name);
            prefixed = true;
        }
        // Names such as 'a__b' can meet a prefixed one, and '@a/b' and 'a_b' look alike: then each gets a mark.
        if (prefixed)
        {
            foreach (var (_, sharing) in Group(entries))
            {
                if (sharing.Count == 1)
                    continue;
                foreach (var entry in sharing)
                    entry.Name = WireName.Marked(entry.Connector.Name, entry.Head.Name, entry.Head.Endpoint);
            }
            foreach (var (name, sharing) in bare)
            {
                if (sharing.Count > 1 || WireName.Reserved.Contains(name))
                    ambiguous[name] = [.. sharing.Select(entry => entry.Name)];
            }
        }

        var known = ByConnector(earlier);
        var tools = new ServedTool[entries.Count];
        for (var i = 0; i < tools.Length; i++)
            tools[i] = entries[i].ToTool(known);
        return (tools, ambiguous);
    }

    private static Dictionary<string, List<Entry>> Group(List<Entry> entries)
    {
        var groups = new Dictionary<string, List<Entry>>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!groups.TryGetValue(entry.Name, out var group))
                groups.Add(entry.Name, group = new List<Entry>(1));
            group.Add(entry);
        }
        return groups;
    }

    private static Dictionary<ConnectorManifest, ServedTool?[]> ByConnector(IReadOnlyList<ServedTool> tools)
    {
        var known = new Dictionary<ConnectorManifest, ServedTool?[]>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < tools.Count; i++)
        {
            var tool = tools[i];
            if (!known.TryGetValue(tool.Connector, out var ofConnector))
                known.Add(tool.Connector, ofConnector = new ServedTool?[tool.Connector.Tools.Count]);
            ofConnector[tool.Position] = tool;
        }
        return known;
    }

    private sealed class Entry(ConnectorManifest connector, int position, ToolHead head)
    {
        public ConnectorManifest Connector => connector;

        public ToolHead Head => head;

        public string Name { get; set; } = WireName.For(head.Name);

        public ServedTool ToTool(Dictionary<ConnectorManifest, ServedTool?[]> known) =>
            known.TryGetValue(connector, out var tools) && tools[position] is { } tool && tool.Name == Name
                ? tool
                : new ServedTool(Name, connector, position, head);
    }
}
