namespace McpRuntime.Http.Access;

/// <summary>
/// What a role may manage. Within the role's projects; without those, everywhere and the gateway itself.
/// </summary>
[Flags]
internal enum Rights
{
    None = 0,

    /// <summary>Make, list and revoke API tokens that grant no more than their maker holds.</summary>
    Tokens = 1,

    /// <summary>Make, change and delete projects.</summary>
    Projects = 2,

    /// <summary>Install, import, change, switch and remove connectors.</summary>
    Connectors = 4,

    /// <summary>See, set, confirm, test and remove credentials of connectors.</summary>
    Credentials = 8,

    /// <summary>Let connectors and imports reach the networks of MCP_RUNTIME_ALLOWED_NETWORKS.</summary>
    Network = 16,

    /// <summary>Read the audit.</summary>
    Audit = 32,

    /// <summary>Status, live view, log, reload, drain and stop.</summary>
    Runtime = 64,

    All = Tokens | Projects | Connectors | Credentials | Network | Audit | Runtime,
}

/// <summary>Names of rights, as roles files and messages write them.</summary>
internal static class RightNames
{
    private static readonly (string Name, Rights Right)[] Known =
    [
        .. Enum.GetValues<Rights>().Where(right => int.PopCount((int)right) == 1).Select(right => (Name(right), right)),
    ];

    /// <summary>All of them, separated by commas.</summary>
    public static string All { get; } = string.Join(", ", Known.Select(known => known.Name));

    /// <summary>Null for what is not a right.</summary>
    public static Rights? Parse(string name)
    {
        foreach (var known in Known)
        {
            if (known.Name == name)
                return known.Right;
        }
        return null;
    }

    /// <summary>Of one right, or of several of which any is enough.</summary>
    public static string Of(Rights rights) => string.Join(" or ", Each(rights).Select(right => $"'{Name(right)}'"));

    /// <summary>Each by its name.</summary>
    public static IEnumerable<string> NamesOf(Rights rights) => Each(rights).Select(Name);

    /// <summary>One by one.</summary>
    public static IEnumerable<Rights> Each(Rights rights) =>
        Known.Select(known => known.Right).Where(right => rights.HasFlag(right));

    private static string Name(Rights right) => right.ToString().ToLowerInvariant();
}
