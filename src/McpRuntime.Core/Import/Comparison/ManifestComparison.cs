using McpRuntime.Import.Merging;
using McpRuntime.Manifests;

namespace McpRuntime.Import.Comparison;

/// <summary>Compares a manifest with a new import of its source (<c>import --check</c>).</summary>
public static class ManifestComparison
{
    /// <param name="existing">The manifest as it is.</param>
    /// <param name="fresh">The new import, merged with it by <see cref="ImportMerge"/>: what a user wrote is not a
    /// difference.</param>
    public static ManifestDifference Compare(ConnectorManifest existing, ConnectorManifest fresh)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(fresh);
        var old = new Dictionary<string, ToolManifest>(StringComparer.Ordinal);
        foreach (var tool in existing.Tools)
            old.TryAdd(tool.Endpoint, tool);
        var (added, changed) = (new List<ListedTool>(), new List<ChangedTool>());
        var instructions = new InstructionComparison(existing, fresh);
        var tools = new ToolComparison(existing, fresh, instructions);
        var kept = fresh.Tools.Select(tool => tool.Endpoint).ToHashSet(StringComparer.Ordinal);
        // An agent knows a tool by its name: under the name of one whose endpoint is gone it is that one, changed.
        var moved = new Dictionary<string, ToolManifest>(StringComparer.Ordinal);
        foreach (var tool in old.Values.Where(tool => !kept.Contains(tool.Endpoint)))
            moved.TryAdd(tool.Name, tool);
        foreach (var tool in fresh.Tools)
        {
            if (!old.Remove(tool.Endpoint, out var known))
            {
                if (moved.Remove(tool.Name, out known))
                    old.Remove(known.Endpoint);
                else
                {
                    added.Add(new ListedTool(tool.Name, tool.Endpoint) { Changes = instructions.Of(tool) });
                    continue;
                }
            }
            if (tools.Compare(known, tool) is { Count: > 0 } changes)
                changed.Add(new ChangedTool(known.Name, known.Endpoint, changes));
        }
        return new ManifestDifference
        {
            Connector = [.. ConnectorComparison.Compare(existing, fresh), .. instructions.OfConnector()],
            Added = added,
            Removed =
            [
                .. existing
                    .Tools.Where(tool => old.ContainsKey(tool.Endpoint))
                    .Select(tool => new ListedTool(tool.Name, tool.Endpoint)),
            ],
            Changed = changed,
        };
    }
}
