namespace McpRuntime.Locks;

/// <summary>How a tool or connector differs from what was reviewed.</summary>
/// <param name="Connector">Its name.</param>
/// <param name="Tool">Name of the tool in the manifest; null for the connector's own texts.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Words">What differs, a sentence each; empty for what is new or gone.</param>
public sealed record LockDifference(
    string Connector,
    string? Tool,
    LockDifferenceKind Kind,
    IReadOnlyList<string> Words
)
{
    /// <summary>
    /// Lines about some differences: what differs in the same way, such as all tools of a connector whose server is
    /// another one, is said once.
    /// </summary>
    public static IReadOnlyList<string> Describe(IEnumerable<LockDifference> differences) =>
        [
            .. differences
                .GroupBy(difference =>
                    (difference.Connector, difference.Kind, Words: string.Join(' ', difference.Words))
                )
                .Select(group =>
                    $"{group.Key.Connector}: {ToolNames(group)} {Verb(group.Key.Kind, group.Count())}"
                    + (group.Key.Words.Length == 0 ? "." : $": {group.Key.Words}")
                ),
        ];

    /// <summary>The tools of some differences, the first ones by name; the connector itself without any.</summary>
    internal static string ToolNames(IEnumerable<LockDifference> differences)
    {
        const int Most = 5;
        var tools = differences.Select(difference => difference.Tool).OfType<string>().ToList();
        return tools.Count switch
        {
            0 => "the connector",
            <= Most => string.Join(", ", tools),
            _ => $"{string.Join(", ", tools.Take(Most))} and {tools.Count - Most} more",
        };
    }

    public override string ToString() => Describe([this])[0];

    private static string Verb(LockDifferenceKind kind, int count) =>
        (kind, count) switch
        {
            (LockDifferenceKind.Added, 1) => "is new",
            (LockDifferenceKind.Added, _) => "are new",
            (LockDifferenceKind.Removed, 1) => "is gone",
            (LockDifferenceKind.Removed, _) => "are gone",
            (_, 1) => "differs",
            _ => "differ",
        };
}

/// <summary>What happened to a tool since it was reviewed.</summary>
public enum LockDifferenceKind
{
    /// <summary>It was never reviewed.</summary>
    Added,

    /// <summary>It was reviewed and is no longer there.</summary>
    Removed,

    /// <summary>It is not what was reviewed.</summary>
    Changed,
}
