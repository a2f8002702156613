using McpRuntime.Connectors;

namespace McpRuntime.Http.Access;

/// <summary>
/// How much a role may change through tools. Judged by the HTTP method, never by what a document claims.
/// </summary>
internal enum AccessClass
{
    /// <summary>No tool at all: a role that only manages.</summary>
    None,

    /// <summary>GET, HEAD, OPTIONS and QUERY.</summary>
    Read,

    /// <summary>Everything but DELETE and what a manifest calls destructive.</summary>
    Write,

    /// <summary>Everything.</summary>
    Destructive,
}

/// <summary>A role grants tools by patterns (<c>*</c> any characters, <c>?</c> one).</summary>
/// <param name="Name">What tokens and claims call it.</param>
internal sealed record Role(string Name)
{
    public const string AdminName = "admin";

    /// <summary>Tools of these connectors.</summary>
    public ToolFilter Connectors { get; init; } = ToolFilter.None;

    /// <summary>Of those, these tools: by name on the wire, in the manifest, or <c>connector__tool</c>.</summary>
    public ToolFilter Tools { get; init; } = ToolFilter.None;

    /// <summary>
    /// In these projects; null also grants the connectors outside of projects, which patterns never match.
    /// </summary>
    public ToolFilter? Projects { get; init; }

    /// <summary>
    /// Of those, these alone, since the token that carries the role is limited to them; null for no such limit.
    /// </summary>
    public ToolFilter? Within { get; init; }

    public AccessClass Class { get; init; } = AccessClass.Read;

    /// <summary>
    /// What it may manage in <see cref="Projects"/>; without those, everywhere and the gateway itself.
    /// </summary>
    public Rights Rights { get; init; }

    /// <summary>
    /// The roles that need no file: <c>admin</c>, <c>user</c> (every tool) and <c>reader</c> (every read-only tool).
    /// </summary>
    public static IReadOnlyList<Role> BuiltIn { get; } =
    [
        new(AdminName) { Class = AccessClass.Destructive, Rights = Rights.All },
        new("user") { Class = AccessClass.Destructive },
        new("reader"),
    ];

    /// <summary>The same for roles that grant the same: neither names nor patterns hold white space.</summary>
    public string Key => Within is null ? Name : $"{Name}\n{string.Join('\n', Within.Names)}";

    /// <param name="project">Name of the project; null for the gateway itself and the connectors of its folder.</param>
    public bool Reaches(string? project) => IsAmong(Projects, project) && IsAmong(Within, project);

    /// <param name="tool">A tool that <see cref="Reaches"/> its project.</param>
    public bool Allows(ServedTool tool) =>
        Connectors.AllowsName(tool.Connector.Name) && Tools.Allows(tool) && AllowsClass(tool);

    private static bool IsAmong(ToolFilter? projects, string? project) =>
        projects is null || (project is not null && projects.AllowsName(project));

    private bool AllowsClass(ServedTool tool) =>
        Class switch
        {
            AccessClass.None => false,
            AccessClass.Read => tool.IsReadOnly,
            AccessClass.Write => tool.IsReadOnly
                || (tool.Method is not (null or "DELETE") && tool.Tool.Annotations.Destructive != true),
            _ => true,
        };
}
