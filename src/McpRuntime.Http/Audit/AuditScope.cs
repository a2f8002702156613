using McpRuntime.Http.Access;

namespace McpRuntime.Http.Audit;

/// <summary>Which entries of the audit a caller may read: all, or those of its projects.</summary>
internal sealed class AuditScope
{
    private AuditScope(string condition, (string Name, object? Value)[] parameters)
    {
        Condition = condition;
        Parameters = parameters;
    }

    /// <summary>Every entry.</summary>
    public static AuditScope All { get; } = new("1 = 1", []);

    /// <summary>For WHERE.</summary>
    public string Condition { get; }

    public (string Name, object? Value)[] Parameters { get; }

    /// <param name="caller">Holds <see cref="Rights.Audit"/>.</param>
    public static AuditScope Of(Caller caller)
    {
        if (caller.Holds(Rights.Audit, project: null))
            return All;
        var patterns = caller.Roles.Where(role => role.Rights.HasFlag(Rights.Audit))
            .SelectMany(role => role.Projects!.Names).Distinct(StringComparer.Ordinal).ToList();
        return new AuditScope(
            $"({string.Join(" OR ", patterns.Select((_, index) => $"project LIKE @project{index} ESCAPE '!'"))})",
            [.. patterns.Select((pattern, index) => ($"project{index}", (object?)Like(pattern)))]);
    }

    // '*' and '?' of a role's pattern as SQL has them. SQLite compares without regard to case, which adds nothing:
    // names of projects have no upper case, so that a pattern with one matches no project anywhere else.
    private static string Like(string pattern) => pattern.Any(char.IsAsciiLetterUpper)
        ? ""
        : pattern.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal).Replace('*', '%').Replace('?', '_');
}
