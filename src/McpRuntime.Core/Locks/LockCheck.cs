using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Locks;

/// <summary>What a lock allows of a connector.</summary>
/// <param name="Allowed">The connector with the tools that are as they were reviewed; null where none is.</param>
/// <param name="Refused">Names of the tools that are not.</param>
/// <param name="Differences">Why, by tool; that of the connector itself where all of its tools are refused.</param>
/// <param name="Findings">Why, in words.</param>
public sealed record LockCheck(
    ConnectorManifest? Allowed,
    IReadOnlySet<string> Refused,
    IReadOnlyList<LockDifference> Differences,
    IReadOnlyList<Finding> Findings
)
{
    /// <param name="reviewed">The lock.</param>
    /// <param name="connector">As it would be served.</param>
    /// <param name="source">Its file, for findings.</param>
    /// <param name="project">The project of a gateway that has it; null for a connectors folder.</param>
    public static LockCheck Of(ToolLock reviewed, ConnectorManifest connector, string? source, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(reviewed);
        ArgumentNullException.ThrowIfNull(connector);
        var name = ToolLock.NameOf(project, connector.Name);
        var wayOut =
            $"After a review, {(project is null ? "'mcp-runtime lock' or Update-McpLock" : "'mcp-runtime-http lock'")} "
            + "puts it into the lock.";
        var now = ToolReview.Of(connector);
        if (!reviewed.Connectors.TryGetValue(name, out var before))
            return Nothing(
                connector,
                source,
                new LockDifference(name, null, LockDifferenceKind.Added, []),
                $"The connector '{name}' is not in the lock {reviewed.Path}: none of its "
                    + $"tools ({connector.Tools.Count}) is served. {wayOut}"
            );
        if (!before.Shown.IsSame(now.Shown))
        {
            var words = DifferenceWords.Of(before.Shown.Text, now.Shown.Text);
            return Nothing(
                connector,
                source,
                new LockDifference(name, null, LockDifferenceKind.Changed, words),
                $"The text of the connector '{name}' is not what was reviewed: {string.Join(' ', words)} None of its "
                    + $"tools is served. {wayOut}"
            );
        }
        var differences = LockComparison
            .Of(name, before, now)
            .Where(difference => difference.Kind != LockDifferenceKind.Removed)
            .ToList();
        if (differences.Count == 0)
            return new LockCheck(connector, new HashSet<string>(), [], []);
        var refused = differences.Select(difference => difference.Tool!).ToHashSet(StringComparer.Ordinal);
        ToolManifest[] allowed = [.. connector.Tools.Where(tool => !refused.Contains(tool.Name))];
        return new LockCheck(
            allowed.Length == 0 ? null : connector with { Tools = allowed },
            refused,
            differences,
            [.. LockDifference.Describe(differences).Select(line => Refuse(line, source, wayOut))]
        );
    }

    private static LockCheck Nothing(
        ConnectorManifest connector,
        string? source,
        LockDifference difference,
        string message
    ) =>
        new(
            null,
            connector.Tools.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal),
            [difference],
            [new Finding(LockRules.Connector, FindingSeverity.Error, message) { Source = source }]
        );

    private static Finding Refuse(string difference, string? source, string wayOut) =>
        new(
            LockRules.Tool,
            FindingSeverity.Error,
            $"Not served, since this is not what was reviewed: {difference} {wayOut}"
        )
        {
            Source = source,
        };
}
