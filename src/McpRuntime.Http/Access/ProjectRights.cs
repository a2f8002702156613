using McpRuntime.Connectors;

namespace McpRuntime.Http.Access;

/// <summary>Rights that a role grants in some projects.</summary>
/// <param name="Projects">Patterns of their names.</param>
/// <param name="Rights">What may be managed there.</param>
internal sealed record ProjectRights(IReadOnlyList<string> Projects, Rights Rights)
{
    /// <summary>Those of the roles of a caller that are limited to projects.</summary>
    public static IEnumerable<ProjectRights> Of(Caller caller) =>
        from role in caller.Roles
        where role.Rights != Rights.None
        let projects = ProjectsOf(role)
        where projects is { Count: > 0 }
        select new ProjectRights(projects, role.Rights);

    // A token's own limit narrows that of its role. Of two patterns one is shown where it is within the other.
    private static IReadOnlyList<string>? ProjectsOf(Role role) =>
        (role.Projects, role.Within) switch
        {
            (null, null) => null,
            ({ } projects, null) => projects.Names,
            (null, { } within) => within.Names,
            ({ } projects, { } within) => [.. Within(within, projects).Union(Within(projects, within))],
        };

    private static IEnumerable<string> Within(ToolFilter inner, ToolFilter outer) =>
        inner.Names.Where(name => new ToolFilter([name]).IsWithin(outer));
}
