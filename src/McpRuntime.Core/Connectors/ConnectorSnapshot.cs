using McpRuntime.Diagnostics;
using McpRuntime.Locks;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors;

/// <summary>The connectors of a folder at one moment. Immutable; a reload makes a new one.</summary>
public sealed class ConnectorSnapshot
{
    internal ConnectorSnapshot(
        IReadOnlyList<LoadedConnector> connectors,
        ToolCatalog tools,
        IReadOnlyList<Finding> findings
    )
    {
        Connectors = connectors;
        Tools = tools;
        Findings = findings;
    }

    /// <summary>Before anything was loaded.</summary>
    public static ConnectorSnapshot Empty { get; } = new([], ToolCatalog.Empty, []);

    /// <summary>One of the connectors with its tools; what was found stays.</summary>
    public ConnectorSnapshot Only(string connector) =>
        new(
            [.. Connectors.Where(loaded => loaded.Manifest.Name == connector)],
            Tools.Where(tool => tool.Connector.Name == connector),
            Findings
        );

    /// <summary>By name.</summary>
    public IReadOnlyList<LoadedConnector> Connectors { get; }

    /// <summary>The tools of all connectors.</summary>
    public ToolCatalog Tools { get; }

    /// <summary>What was found in the files and between them, in the order of their paths.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>What a lock refuses, in the order of the files.</summary>
    public IReadOnlyList<RefusedConnector> Refused { get; internal init; } = [];
}

/// <summary>A connector of which a lock refuses tools, or all.</summary>
/// <param name="Path">Full path of the manifest.</param>
/// <param name="Name">The connector's name.</param>
/// <param name="Differences">How they differ from what was reviewed.</param>
public sealed record RefusedConnector(string Path, string Name, IReadOnlyList<LockDifference> Differences);

/// <summary>A connector and the file it came from.</summary>
/// <param name="Path">Full path of the manifest.</param>
/// <param name="Manifest">The newest version that is valid.</param>
/// <param name="IsOutdated">The file has become invalid since; <paramref name="Manifest"/> is the last good
/// version.</param>
public sealed record LoadedConnector(string Path, ConnectorManifest Manifest, bool IsOutdated);

/// <summary>A reload brought something new.</summary>
public sealed class ConnectorsChangedEventArgs(ConnectorSnapshot before, ConnectorSnapshot now) : EventArgs
{
    public ConnectorSnapshot Before => before;

    public ConnectorSnapshot Now => now;
}
