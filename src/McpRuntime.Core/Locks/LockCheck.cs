using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Locks;

/// <summary>What a lock allows of a connector.</summary>
/// <param name="Allowed">The connector with the tools that are as they were reviewed; null where none is.</param>
/// <param name="Refused">Names of the tools that are not.</param>
/// <param name="Findings">Why, in words.</param>
internal sealed record LockCheck(
    ConnectorManifest? Allowed,
    IReadOnlySet<string> Refused,
    IReadOnlyList<Finding> Findings
)
{
    private const string WayOut = "After a review, 'mcp-runtime lock' or Update-McpLock puts it into the lock.";

    public static LockCheck Of(ToolLock reviewed, ConnectorManifest connector, string? source)
    {
        var now = ToolReview.Of(connector);
        if (!reviewed.Connectors.TryGetValue(connector.Name, out var before))
            return Nothing(
                connector,
                source,
                $"The connector '{connector.Name}' is not in the lock {reviewed.Path}: none of its "
                    + $"{connector.Tools.Count} tools is served. {WayOut}"
            );
        if (!before.Shown.IsSame(now.Shown))
            return Nothing(
                connector,
                source,
                $"The text of the connector '{connector.Name}' is not what was reviewed: "
                    + $"{string.Join(' ', DifferenceWords.Of(before.Shown.Text, now.Shown.Text))} None of its tools is "
                    + $"served. {WayOut}"
            );
        var differences = LockComparison
            .Of(connector.Name, before, now)
            .Where(difference => difference.Kind != LockDifferenceKind.Removed)
            .ToList();
        if (differences.Count == 0)
            return new LockCheck(connector, new HashSet<string>(), []);
        var refused = differences.Select(difference => difference.Tool!).ToHashSet(StringComparer.Ordinal);
        ToolManifest[] allowed = [.. connector.Tools.Where(tool => !refused.Contains(tool.Name))];
        return new LockCheck(
            allowed.Length == 0 ? null : connector with { Tools = allowed },
            refused,
            [.. LockDifference.Describe(differences).Select(line => Refuse(line, source))]
        );
    }

    private static LockCheck Nothing(ConnectorManifest connector, string? source, string message) =>
        new(
            null,
            connector.Tools.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal),
            [new Finding(LockRules.Connector, FindingSeverity.Error, message) { Source = source }]
        );

    private static Finding Refuse(string difference, string? source) =>
        new(
            LockRules.Tool,
            FindingSeverity.Error,
            $"Not served, since this is not what was reviewed: {difference} {WayOut}"
        )
        {
            Source = source,
        };
}
