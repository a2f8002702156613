namespace McpRuntime.Http.Audit;

/// <summary>Says what changed, for <see cref="AuditEntry.Detail"/>.</summary>
internal static class Change
{
    /// <summary>All that changed, separated by semicolons.</summary>
    public static string Of(params ReadOnlySpan<string?> changes)
    {
        var said = new List<string>();
        foreach (var change in changes)
        {
            if (change is not null)
                said.Add(change);
        }
        return string.Join("; ", said);
    }

    /// <summary>The value before and after; null where it stayed.</summary>
    public static string? Value<T>(string name, T before, T after) =>
        EqualityComparer<T>.Default.Equals(before, after) ? null : $"{name} '{before}' → '{after}'";

    /// <summary>What came to a list and what left it; null where it stayed.</summary>
    public static string? List(string name, IReadOnlyCollection<string> before, IReadOnlyCollection<string> after)
    {
        const int Most = 10;
        var changes = after
            .Except(before, StringComparer.Ordinal)
            .Select(added => $"+{added}")
            .Concat(before.Except(after, StringComparer.Ordinal).Select(removed => $"-{removed}"))
            .ToList();
        return changes.Count == 0
            ? null
            : $"{name} {string.Join(' ', changes.Take(Most))}"
                + $"{(changes.Count > Most ? $" and {changes.Count - Most} more" : "")}";
    }
}
