using McpRuntime.Configuration;
using McpRuntime.Connectors.Compiled;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Locks;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Connectors.Registry;

/// <summary>What a lock has, what the connectors folder has now, and how they differ.</summary>
/// <param name="Now">The lock with what there is now; saved only when someone has reviewed it.</param>
/// <param name="IsNew">There was no lock.</param>
/// <param name="Differences">Between the lock and the connectors.</param>
public sealed record LockUpdate(ToolLock Now, bool IsNew, IReadOnlyList<LockDifference> Differences)
{
    private IReadOnlyList<LoadedConnector> Connectors { get; init; } = [];

    private IReadOnlyList<FolderFile> Files { get; init; } = [];

    private ToolLock? Before { get; init; }

    /// <summary>Where is saved what makes starts fast; null where the settings name no file for it.</summary>
    public string? StartFile { get; private init; }

    /// <summary>
    /// Saves <see cref="Now"/>, which someone has reviewed, unless it is the lock that is there; and
    /// <see cref="StartFile"/>.
    /// </summary>
    /// <exception cref="FindingsException">A file cannot be written.</exception>
    public void Save()
    {
        var there = Differences.Count == 0 ? Before?.Hash : null;
        var content = there is null ? LockJson.Write(Now) : default;
        // First, as processes that follow the lock look at it when that changes.
        if (StartFile is not null)
            LockStartFile.Write(StartFile, StartOf(there ?? Sha256Text.Of(content.Span)));
        if (there is null)
            LockFile.Save("The lock", Now.Path, content.Span);
    }

    private LockStart StartOf(string lockHash)
    {
        var connectors = new Dictionary<string, CachedConnector>(StringComparer.Ordinal);
        foreach (var file in Files)
        {
            if (file is not { Manifest: { } manifest, Content: { } content })
                continue;
            var read = new ManifestReadResult(manifest, file.Findings);
            var kept = CompiledManifests.AsKept(content, read, out var cached);
            // What a start would take from the cache, compared as a start compares: the lock may be older where only
            // one connector was reviewed.
            if (LockCheck.Of(Now, kept, file.Path) is { Allowed: not null, Differences.Count: 0 })
                connectors[kept.Name] = new CachedConnector(content.ToString(), cached);
        }
        return new LockStart(LockStart.ThisBuild, lockHash, connectors);
    }

    /// <summary>The differences as findings, each at its tool in the manifest.</summary>
    /// <exception cref="FindingsException">A manifest can no longer be read.</exception>
    public async Task<IReadOnlyList<Finding>> FindAsync(DocumentLimits limits, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var differences in Differences.GroupBy(difference => difference.Connector))
        {
            var connector = Connectors.FirstOrDefault(loaded => loaded.Manifest.Name == differences.Key);
            if (connector is null)
                findings.AddRange(differences.Select(gone => FindingOf(gone, null) with { Source = Now.Path }));
            else
                findings.AddRange(
                    await ManifestFile.LocateAsync(
                        connector.Path,
                        limits,
                        [.. differences.Select(difference => FindingOf(difference, connector.Manifest))],
                        cancellationToken
                    )
                );
        }
        return findings;
    }

    private static Finding FindingOf(LockDifference difference, ConnectorManifest? manifest)
    {
        var position = -1;
        for (var i = 0; i < manifest?.Tools.Count; i++)
            position = manifest.Tools[i].Name == difference.Tool ? i : position;
        return new Finding(
            difference.Tool is null ? LockRules.Connector : LockRules.Tool,
            FindingSeverity.Error,
            difference.ToString()
        )
        {
            Subject = $"{difference.Connector} {difference.Tool}".TrimEnd(),
            Pointer = position < 0 ? "/connector" : JsonPointer.Append(ToolContext.List, position),
        };
    }

    /// <param name="settings">The connectors folder; the lock that it may name is not looked at.</param>
    /// <param name="path">The lock.</param>
    /// <param name="connector">
    /// The one connector that is reviewed, by its name in the lock (<see cref="ToolLock.NameOf"/>); null for all.
    /// </param>
    /// <param name="projects">The connectors of a gateway's projects; null where those of the lock stay.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FindingsException">The lock cannot be read, or a manifest has errors.</exception>
    /// <exception cref="McpRuntimeException">There is no such connector in the folder or in the lock.</exception>
    public static async Task<LockUpdate> PrepareAsync(
        RuntimeSettings settings,
        string path,
        string? connector,
        IReadOnlyList<(string Project, ConnectorManifest Connector)>? projects,
        CancellationToken cancellationToken
    )
    {
        var isNew = !File.Exists(path);
        var before = isNew ? ToolLock.Of(path, []) : LockFile.Read(path);
        // Not what is compiled, which is read in its place elsewhere: the text that people review.
        using var registry = ConnectorFolder.Open(settings with { LockFile = null, CacheFolder = null });
        var snapshot = await registry.ReloadAsync(cancellationToken);
        var errors = snapshot.Findings.Where(finding => finding.Severity == FindingSeverity.Error).ToList();
        if (errors.Count > 0)
            throw new FindingsException(errors);
        var now = ToolLock.Of(path, snapshot.Connectors.Select(loaded => loaded.Manifest));
        now = projects is null ? now.WithProjectsOf(before) : now.WithProjects(projects);
        if (connector is not null)
        {
            if (!now.Has(connector) && !before.Has(connector))
                throw new McpRuntimeException(
                    $"There is no connector '{connector}' in {settings.ConnectorsFolder} or in the lock."
                );
            now = before.With(now, connector);
        }
        return new LockUpdate(now, isNew, before.Compare(now))
        {
            Connectors = snapshot.Connectors,
            Files = registry.Files,
            Before = before,
            StartFile = settings.LockStartFile,
        };
    }
}
