using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Registry;

/// <summary>Makes a snapshot from the files of a folder.</summary>
internal static class SnapshotBuilder
{
    /// <param name="files">In the order of their paths.</param>
    /// <param name="earlier">Its tools are kept where nothing about them changed.</param>
    /// <param name="ofLock">What is wrong with the lock.</param>
    public static ConnectorSnapshot Build(
        IReadOnlyList<FolderFile> files,
        ConnectorSnapshot earlier,
        IReadOnlyList<Finding> ofLock
    )
    {
        var byName = new Dictionary<string, LoadedConnector>(StringComparer.Ordinal);
        var findings = new List<Finding>(ofLock);
        foreach (var file in files)
        {
            if (!file.IsOnTrial)
                findings.AddRange(file.Findings);
            if (file.Manifest is not { } manifest)
                continue;
            if (!byName.TryAdd(manifest.Name, new LoadedConnector(file.Path, manifest, file.IsInvalid)))
                findings.Add(Duplicate(file.Path, manifest, byName[manifest.Name].Path));
        }
        var connectors = new LoadedConnector[byName.Count];
        byName.Values.CopyTo(connectors, 0);
        Array.Sort(connectors, static (left, right) => string.CompareOrdinal(left.Manifest.Name, right.Manifest.Name));
        var tools = ToolCatalog.Create(Array.ConvertAll(connectors, connector => connector.Manifest), earlier.Tools);
        return new ConnectorSnapshot(connectors, tools, findings)
        {
            Refused = [.. files.Select(file => file.Refused).OfType<RefusedConnector>()],
        };
    }

    /// <summary>True when both serve the same manifests; findings aside.</summary>
    public static bool HasSameConnectors(ConnectorSnapshot left, ConnectorSnapshot right)
    {
        if (left.Connectors.Count != right.Connectors.Count)
            return false;
        for (var i = 0; i < left.Connectors.Count; i++)
        {
            if (!ReferenceEquals(left.Connectors[i].Manifest, right.Connectors[i].Manifest))
                return false;
        }
        return true;
    }

    private static Finding Duplicate(string path, ConnectorManifest manifest, string firstPath) =>
        new(
            ManifestRules.DuplicateConnectorName,
            FindingSeverity.Error,
            $"The connector name '{manifest.Name}' is taken by {firstPath}, which comes first; this file is "
                + $"not served. Give it another name, or remove one of the two."
        )
        {
            Source = path,
            Pointer = "/connector/name",
        };
}
