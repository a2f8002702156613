using McpRuntime.Http.Access;
using McpRuntime.Http.ConnectorCredentials;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Health;
using McpRuntime.Http.Projects;
using McpRuntime.Manifests;

namespace McpRuntime.Http.Overview;

/// <summary>The connectors of the folder and of all projects, as far as a caller reaches them.</summary>
internal sealed class ConnectorOverview(
    FolderConnectors folder,
    ProjectTable projects,
    HealthCheck health,
    CredentialStates credentials
)
{
    /// <summary>Who is told of state, origins and what is missing.</summary>
    public const Rights Managing = Rights.Connectors | Rights.Credentials;

    public async Task<IReadOnlyList<ConnectorEntry>> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        await folder.Loaded.WaitAsync(cancellationToken);
        var report = await health.RunAsync(project => caller.Holds(Managing, project), cancellationToken);
        var known = report.Connectors.ToLookup(connector => connector.Project ?? "", StringComparer.Ordinal);
        var unready = (await credentials.ListAsync(project => caller.Holds(Managing, project), cancellationToken))
            .Where(state => state.State != CredentialState.Set)
            .ToLookup(state => state.Slot.Identity, StringComparer.Ordinal);
        var entries = new List<ConnectorEntry>();
        if (caller.Holds(Managing, project: null))
        {
            var manifests = folder.Folder.Connectors.ToDictionary(
                loaded => loaded.Manifest.Name,
                loaded => loaded.Manifest,
                StringComparer.Ordinal
            );
            var refused = folder.Folder.Refused.ToLookup(one => one.Name, StringComparer.Ordinal);
            entries.AddRange(
                Managed(folder, known[""], name => (manifests.GetValueOrDefault(name), null))
                    .Select(entry =>
                        entry with
                        {
                            Refused = [.. refused[entry.Name].SelectMany(one => one.Differences)],
                        }
                    )
            );
        }
        else if (caller.Reaches(project: null))
            entries.AddRange(Callable(folder, caller));
        foreach (var name in projects.Names.Order(StringComparer.Ordinal))
        {
            if (projects.Find(name) is not { } project || !(caller.Reaches(name) || caller.Holds(Managing, name)))
                continue;
            if (!caller.Holds(Managing, name))
            {
                entries.AddRange(Callable(project, caller));
                continue;
            }
            var installed = project.Installed.ToDictionary(one => one.Name, StringComparer.Ordinal);
            entries.AddRange(
                Managed(project, known[name], connector =>
                        installed.TryGetValue(connector, out var row) ? (row.Manifest, row.Version.ETag) : (null, null)
                    )
                    .Select(entry =>
                        entry with
                        {
                            Refused = installed.GetValueOrDefault(entry.Name)?.Check?.Differences ?? [],
                        }
                    )
            );
        }
        return
        [
            .. entries.Select(entry =>
                entry with
                {
                    Unready = [.. unready[CredentialTargets.IdentityOf(entry.Project, entry.Name)]],
                }
            ),
        ];
    }

    private static IEnumerable<ConnectorEntry> Managed(
        IConnectorSet set,
        IEnumerable<ConnectorHealth> known,
        Func<string, (ConnectorManifest? Manifest, string? ETag)> find
    )
    {
        var served = set.Current;
        var tools = served.Tools.Tools.CountBy(tool => tool.Connector.Name).ToDictionary(StringComparer.Ordinal);
        foreach (var health in known)
        {
            var (manifest, tag) = find(health.Name);
            yield return new ConnectorEntry
            {
                Name = health.Name,
                Project = set.Project,
                Manifest = manifest,
                Tools = tools.GetValueOrDefault(health.Name),
                IsServed = served.Has(health.Name),
                Health = health,
                ETag = tag,
            };
        }
    }

    // Only what the caller may call: the rest is not its business.
    private static IEnumerable<ConnectorEntry> Callable(IConnectorSet set, Caller caller) =>
        set
            .Current.Tools.Tools.Where(tool => caller.Allows(set.Project, tool))
            .GroupBy(tool => tool.Connector)
            .Select(tools => new ConnectorEntry
            {
                Name = tools.Key.Name,
                Project = set.Project,
                Manifest = tools.Key,
                Tools = tools.Count(),
                IsServed = true,
            });
}
