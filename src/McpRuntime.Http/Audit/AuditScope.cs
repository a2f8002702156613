using McpRuntime.Connectors;
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
        var parameters = new List<(string Name, object? Value)>();
        var roles = caller
            .Roles.Where(role => role.Rights.HasFlag(Rights.Audit))
            .Select(role =>
                string.Join(
                    " AND ",
                    new[] { role.Projects, role.Within }
                        .OfType<ToolFilter>()
                        .Select(projects => AnyOf(projects.Names, parameters))
                )
            );
        return new AuditScope($"({string.Join(" OR ", roles)})", [.. parameters]);
    }

    private static string AnyOf(IReadOnlyList<string> patterns, List<(string Name, object? Value)> parameters)
    {
        var conditions = new List<string>();
        foreach (var pattern in patterns)
        {
            var name = $"project{parameters.Count}";
            parameters.Add((name, Like(pattern)));
            conditions.Add($"project LIKE @{name} ESCAPE '!'");
        }
        return $"({string.Join(" OR ", conditions)})";
    }

    // '*' and '?' of a role's pattern as SQL has them. SQLite compares without regard to case, which adds nothing:
    // names of projects have no upper case, so that a pattern with one matches no project anywhere else.
    private static string Like(string pattern) =>
        pattern.Any(char.IsAsciiLetterUpper)
            ? ""
            : pattern
                .Replace("!", "!!", StringComparison.Ordinal)
                .Replace("%", "!%", StringComparison.Ordinal)
                .Replace("_", "!_", StringComparison.Ordinal)
                .Replace('*', '%')
                .Replace('?', '_');
}
