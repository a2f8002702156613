using McpRuntime.Import.Merging;
using McpRuntime.Manifests;

namespace McpRuntime.Import.Comparison;

/// <summary>One difference between what a manifest has and what its source would give now.</summary>
/// <param name="What">What changed, e.g. <c>argument 'limit'</c> or <c>base_url</c>.</param>
/// <param name="IsBreaking">A caller or an operator that relies on the manifest has to change something.</param>
/// <param name="Message">One sentence.</param>
public sealed record ManifestChange(string What, bool IsBreaking, string Message);

/// <summary>A tool whose endpoint, or else whose name, is on both sides.</summary>
/// <param name="Name">Tool name in the manifest.</param>
/// <param name="Endpoint">The endpoint in the manifest.</param>
/// <param name="Changes">At least one.</param>
public sealed record ChangedTool(string Name, string Endpoint, IReadOnlyList<ManifestChange> Changes);

/// <summary>A tool that is on one side only.</summary>
/// <param name="Name">Tool name.</param>
/// <param name="Endpoint">The endpoint.</param>
public sealed record ListedTool(string Name, string Endpoint);

/// <summary>How a manifest and its source differ.</summary>
public sealed record ManifestDifference
{
    /// <summary>Changes of the connector itself: server, security schemes.</summary>
    public required IReadOnlyList<ManifestChange> Connector { get; init; }

    /// <summary>Tools that the source has and the manifest has not.</summary>
    public required IReadOnlyList<ListedTool> Added { get; init; }

    /// <summary>Tools that the manifest has and the source no longer has; always breaking.</summary>
    public required IReadOnlyList<ListedTool> Removed { get; init; }

    public required IReadOnlyList<ChangedTool> Changed { get; init; }

    public bool IsSame => Connector.Count == 0 && Added.Count == 0 && Removed.Count == 0 && Changed.Count == 0;

    public bool IsBreaking =>
        Removed.Count > 0
        || Connector.Any(change => change.IsBreaking)
        || Changed.Any(tool => tool.Changes.Any(change => change.IsBreaking));
}

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
        var tools = new ToolComparison(existing, fresh);
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
                    added.Add(new ListedTool(tool.Name, tool.Endpoint));
                    continue;
                }
            }
            if (tools.Compare(known, tool) is { Count: > 0 } changes)
                changed.Add(new ChangedTool(known.Name, known.Endpoint, changes));
        }
        return new ManifestDifference
        {
            Connector = CompareConnector(existing, fresh),
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

    private static List<ManifestChange> CompareConnector(ConnectorManifest existing, ConnectorManifest fresh)
    {
        var changes = new List<ManifestChange>();
        if (existing.BaseUrl != fresh.BaseUrl)
            changes.Add(
                new(
                    "base_url",
                    true,
                    $"The server was {existing.BaseUrl} and is {fresh.BaseUrl}; credentials have to be approved for it."
                )
            );
        foreach (var name in existing.SecuritySchemes.Keys.Union(fresh.SecuritySchemes.Keys))
        {
            var hasOld = existing.SecuritySchemes.TryGetValue(name, out var old);
            var hasNew = fresh.SecuritySchemes.TryGetValue(name, out var now);
            if (!hasOld)
                changes.Add(new($"security scheme '{name}'", false, "It is new."));
            else if (!hasNew)
                changes.Add(new($"security scheme '{name}'", true, "It was removed."));
            else if (!ManifestEquality.Of(old!, now!))
                changes.Add(new($"security scheme '{name}'", true, "It sends or obtains its credential differently."));
        }
        if (existing.CommandPrefix != fresh.CommandPrefix)
            changes.Add(
                new(
                    "command_prefix",
                    existing.CommandPrefix is not null,
                    $"The prefix of commands was {existing.CommandPrefix ?? "not set"} and is {fresh.CommandPrefix}."
                )
            );
        if (!ManifestEquality.Of(existing.Security, fresh.Security))
            changes.Add(new("security", true, "The default security requirements have changed."));
        return changes;
    }
}
