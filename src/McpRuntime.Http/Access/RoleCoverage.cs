using McpRuntime.Connectors;

namespace McpRuntime.Http.Access;

/// <summary>
/// Whether roles together grant all that another role grants, so that anyone who hands out a role gives away nothing
/// that they do not hold. Where patterns leave a doubt, they do not.
/// </summary>
internal static class RoleCoverage
{
    public static bool Cover(this IReadOnlyList<Role> held, Role role) =>
        (role.Class == AccessClass.None || held.Any(holder => CoversTools(holder, role)))
        && RightNames
            .Each(role.Rights)
            .All(right => held.Any(holder => holder.Rights.HasFlag(right) && CoversProjects(holder, role)));

    private static bool CoversTools(Role holder, Role role) =>
        holder.Class >= role.Class
        && CoversProjects(holder, role)
        && IsWithin(role.Connectors, holder.Connectors)
        && IsWithin(role.Tools, holder.Tools);

    private static bool CoversProjects(Role holder, Role role) =>
        CoversProjects(holder.Projects, role) && CoversProjects(holder.Within, role);

    private static bool CoversProjects(ToolFilter? held, Role role) =>
        held is null
        || (role.Projects is not null && IsWithin(role.Projects, held))
        || (role.Within is not null && IsWithin(role.Within, held));

    /// <summary>Whatever the one lets through, the other does.</summary>
    public static bool IsWithin(this ToolFilter inner, ToolFilter outer) =>
        outer.Names.Count == 0
        || (inner.Names.Count > 0 ? inner.Names : ["*"]).All(glob => outer.Names.Any(wider => IsWithin(glob, wider)));

    // A pattern whose only wildcard is '*' and that matches another pattern, read as a name, matches all that the other
    // matches: only its '*' can have taken the other's wildcards. With '?' that does not hold.
    private static bool IsWithin(string inner, string outer) =>
        inner == outer || (!outer.Contains('?', StringComparison.Ordinal) && new ToolFilter([outer]).AllowsName(inner));
}
