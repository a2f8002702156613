using McpRuntime.Manifests;

namespace McpRuntime.Locks;

/// <summary>
/// What someone reviewed of connectors: only tools that are still the same are served. Immutable.
/// </summary>
public sealed class ToolLock
{
    private readonly Lazy<IReadOnlyDictionary<string, LockedConnector>> _connectors;

    /// <param name="path">Full path of its file.</param>
    /// <param name="connectors">What was reviewed of each, by name.</param>
    /// <param name="hash">See <see cref="Hash"/>.</param>
    internal ToolLock(string path, IReadOnlyDictionary<string, LockedConnector> connectors, string? hash = null)
    {
        Path = path;
        Hash = hash;
        _connectors = new Lazy<IReadOnlyDictionary<string, LockedConnector>>(connectors);
    }

    /// <summary>A lock that is read when something is compared with it.</summary>
    /// <param name="path">Full path of its file.</param>
    /// <param name="read">Reads what was reviewed; once.</param>
    /// <param name="hash">See <see cref="Hash"/>.</param>
    /// <param name="start">See <see cref="Start"/>; of this very lock.</param>
    internal ToolLock(
        string path,
        Func<IReadOnlyDictionary<string, LockedConnector>> read,
        string hash,
        LockStart start
    )
    {
        Path = path;
        Hash = hash;
        Start = start;
        _connectors = new Lazy<IReadOnlyDictionary<string, LockedConnector>>(read);
    }

    /// <summary>Full path of its file.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of its file as it was read; null where it was not.</summary>
    internal string? Hash { get; }

    /// <summary>Which cached manifests hold what was reviewed; null where that is not known.</summary>
    internal LockStart? Start { get; }

    /// <exception cref="Diagnostics.FindingsException">It cannot be read; only where <see cref="Start"/> says of its
    /// bytes that they can.</exception>
    internal IReadOnlyDictionary<string, LockedConnector> Connectors => _connectors.Value;

    public int ConnectorCount => Connectors.Count;

    /// <summary>How many tools it has.</summary>
    public int ToolCount => Connectors.Values.Sum(connector => connector.Tools.Count);

    public bool Has(string connector) => Connectors.ContainsKey(connector);

    /// <summary>
    /// The name that a connector has in a lock: its own, and in a gateway's project <c>PROJECT/NAME</c>. The scope of a
    /// connector begins with <c>@</c>, and a project's name does not.
    /// </summary>
    public static string NameOf(string? project, string connector) =>
        project is null ? connector : $"{project}/{connector}";

    /// <summary>The lock of a connectors folder as it is now.</summary>
    /// <param name="path">Where it will be saved.</param>
    /// <param name="connectors">Their names differ.</param>
    public static ToolLock Of(string path, IEnumerable<ConnectorManifest> connectors) =>
        new(
            System.IO.Path.GetFullPath(path),
            connectors.ToDictionary(connector => connector.Name, ToolReview.Of, StringComparer.Ordinal)
        );

    /// <summary>This lock with the connectors of a gateway's projects, and no others of projects.</summary>
    public ToolLock WithProjects(IEnumerable<(string Project, ConnectorManifest Connector)> connectors) =>
        new(
            Path,
            connectors
                .Select(one =>
                    KeyValuePair.Create(NameOf(one.Project, one.Connector.Name), ToolReview.Of(one.Connector))
                )
                .Concat(Connectors.Where(connector => !IsOfProject(connector.Key)))
                .ToDictionary(StringComparer.Ordinal)
        );

    /// <summary>This lock with the connectors of projects of another one.</summary>
    public ToolLock WithProjectsOf(ToolLock other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(
            Path,
            Connectors
                .Where(connector => !IsOfProject(connector.Key))
                .Concat(other.Connectors.Where(connector => IsOfProject(connector.Key)))
                .ToDictionary(StringComparer.Ordinal)
        );
    }

    private static bool IsOfProject(string name) => name[0] != '@' && name.Contains('/', StringComparison.Ordinal);

    /// <summary>How the connectors now differ from this lock; empty where all is as it was reviewed.</summary>
    public IReadOnlyList<LockDifference> Compare(ToolLock now)
    {
        ArgumentNullException.ThrowIfNull(now);
        return LockComparison.Of(this, now);
    }

    /// <summary>This lock with one connector as it is in another, or without it where that has none.</summary>
    public ToolLock With(ToolLock other, string connector)
    {
        ArgumentNullException.ThrowIfNull(other);
        var connectors = new Dictionary<string, LockedConnector>(Connectors, StringComparer.Ordinal);
        if (other.Connectors.TryGetValue(connector, out var reviewed))
            connectors[connector] = reviewed;
        else
            connectors.Remove(connector);
        return new ToolLock(Path, connectors);
    }
}
