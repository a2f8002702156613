using McpRuntime.Manifests;

namespace McpRuntime.Connectors;

/// <summary>
/// Gives every tool its name on the wire: its own name where only one connector has it; <c>connector__tool</c> for
/// each of several, and for a name that a built-in tool has. The outcome depends on the set of connectors alone.
/// </summary>
internal static class ToolNaming
{
    /// <param name="connectors">In the order of their names.</param>
    /// <param name="earlier">Tools of the snapshot before, by manifest; taken over where their name stays.</param>
    /// <returns>The tools in order; by ambiguous bare name, the names to choose from.</returns>
    public static (ServedTool[] Tools, IReadOnlyDictionary<string, string[]> Ambiguous) Assign(
        IReadOnlyList<ConnectorManifest> connectors,
        IReadOnlyDictionary<ToolManifest, ServedTool> earlier)
    {
        var entries = new List<Entry>();
        foreach (var connector in connectors)
        {
            foreach (var tool in connector.Tools)
                entries.Add(new Entry(connector, tool, WireName.For(tool.Name)));
        }

        var bare = Group(entries);
        var ambiguous = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var prefixed = false;
        foreach (var (name, sharing) in bare)
        {
            if (sharing.Count == 1 && !WireName.Reserved.Contains(name))
                continue;
            foreach (var entry in sharing)
                entry.Name = WireName.For(entry.Connector.Name, entry.Tool.Name);
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
                    entry.Name = WireName.Marked(entry.Connector.Name, entry.Tool.Name, entry.Tool.Endpoint);
            }
            foreach (var (name, sharing) in bare)
            {
                if (sharing.Count > 1 || WireName.Reserved.Contains(name))
                    ambiguous[name] = [.. sharing.Select(entry => entry.Name)];
            }
        }

        var tools = new ServedTool[entries.Count];
        for (var i = 0; i < tools.Length; i++)
            tools[i] = entries[i].ToTool(earlier);
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

    private sealed class Entry(ConnectorManifest connector, ToolManifest tool, string name)
    {
        public ConnectorManifest Connector => connector;

        public ToolManifest Tool => tool;

        public string Name { get; set; } = name;

        public ServedTool ToTool(IReadOnlyDictionary<ToolManifest, ServedTool> earlier) =>
            earlier.TryGetValue(tool, out var known) && known.Name == Name && ReferenceEquals(known.Connector, connector)
                ? known
                : new ServedTool(Name, connector, tool);
    }
}
