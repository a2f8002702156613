using McpRuntime.Diagnostics;

namespace McpRuntime.Import.Comparison;

/// <summary>One difference between what a manifest has and what its source would give now.</summary>
/// <param name="RuleId">Its class, by <see cref="DriftRules"/>, e.g. <c>drift-argument-removed</c>.</param>
/// <param name="Severity">
/// <see cref="FindingSeverity.Error"/> where agents, callers or an operator have to change something, or should not
/// trust it before a review; <see cref="FindingSeverity.Warning"/> where a review is advised.
/// </param>
/// <param name="What">What changed, e.g. <c>argument 'limit'</c> or <c>base_url</c>.</param>
/// <param name="Message">One sentence.</param>
public sealed record ManifestChange(string RuleId, FindingSeverity Severity, string What, string Message)
{
    /// <summary>A caller or an operator that relies on the manifest has to change something.</summary>
    public bool IsBreaking => Severity == FindingSeverity.Error;

    internal static ManifestChange Breaking(string rule, string what, string message) =>
        new(rule, FindingSeverity.Error, what, message);

    internal static ManifestChange Notable(string rule, string what, string message) =>
        new(rule, FindingSeverity.Warning, what, message);

    internal static ManifestChange Note(string rule, string what, string message) =>
        new(rule, FindingSeverity.Information, what, message);
}

/// <summary>A tool whose endpoint, or else whose name, is on both sides.</summary>
/// <param name="Name">Tool name in the manifest.</param>
/// <param name="Endpoint">The endpoint in the manifest.</param>
/// <param name="Changes">At least one.</param>
public sealed record ChangedTool(string Name, string Endpoint, IReadOnlyList<ManifestChange> Changes);

/// <summary>A tool that is on one side only.</summary>
/// <param name="Name">Tool name.</param>
/// <param name="Endpoint">The endpoint.</param>
public sealed record ListedTool(string Name, string Endpoint)
{
    /// <summary>What is suspicious about a tool that is new; empty for one that was removed.</summary>
    public IReadOnlyList<ManifestChange> Changes { get; init; } = [];
}

/// <summary>How a manifest and its source differ.</summary>
public sealed record ManifestDifference
{
    /// <summary>Changes of the connector itself: server, security schemes, texts.</summary>
    public required IReadOnlyList<ManifestChange> Connector { get; init; }

    /// <summary>Tools that the source has and the manifest has not.</summary>
    public required IReadOnlyList<ListedTool> Added { get; init; }

    /// <summary>Tools that the manifest has and the source no longer has; always breaking.</summary>
    public required IReadOnlyList<ListedTool> Removed { get; init; }

    public required IReadOnlyList<ChangedTool> Changed { get; init; }

    /// <summary>
    /// Every difference with the tool that it is about (null for the connector): the connector's, then those of tools
    /// that were removed, changed and added, in their order.
    /// </summary>
    public IEnumerable<(string? Tool, ManifestChange Change)> Changes =>
        [
            .. Connector.Select(change => ((string?)null, change)),
            .. Removed.Select(tool =>
                (
                    (string?)tool.Name,
                    ManifestChange.Breaking(
                        DriftRules.ToolRemoved,
                        "tool",
                        $"The document no longer has {tool.Endpoint}."
                    )
                )
            ),
            .. Changed.SelectMany(tool => tool.Changes.Select(change => ((string?)tool.Name, change))),
            .. Added.SelectMany(tool =>
                tool.Changes.Prepend(
                        ManifestChange.Note(DriftRules.ToolAdded, "tool", $"The document also has {tool.Endpoint}.")
                    )
                    .Select(change => ((string?)tool.Name, change))
            ),
        ];

    public bool IsSame => Connector.Count == 0 && Added.Count == 0 && Removed.Count == 0 && Changed.Count == 0;

    public bool IsBreaking =>
        Removed.Count > 0
        || Connector.Any(change => change.IsBreaking)
        || Added.Any(tool => tool.Changes.Any(change => change.IsBreaking))
        || Changed.Any(tool => tool.Changes.Any(change => change.IsBreaking));
}
