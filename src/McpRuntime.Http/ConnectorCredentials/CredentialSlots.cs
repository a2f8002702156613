using System.Runtime.CompilerServices;
using McpRuntime.Credentials;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Projects;
using McpRuntime.Manifests;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>The credentials that the connectors need as they are now.</summary>
internal sealed class CredentialSlots(FolderConnectors folder, ProjectTable projects)
{
    // Asked for at every call that reads a credential; a manifest that changes is another object.
    private readonly ConditionalWeakTable<ConnectorManifest, IReadOnlyList<CredentialTarget>> _targets = [];

    /// <summary>Completes when the folder was read.</summary>
    public Task Loaded => folder.Loaded;

    /// <summary>Of a project, or of the folder where it is null; none where there is no such project.</summary>
    public IEnumerable<(CredentialSlot Slot, CredentialTarget Target)> Of(string? project) =>
        ManifestsOf(project)
            .SelectMany(manifest =>
                TargetsOf(manifest, project)
                    .Select(target => (new CredentialSlot(project, manifest.Name, target.Scheme), target))
            );

    /// <summary>Names of all projects.</summary>
    public IEnumerable<string> Projects => projects.Names.Order(StringComparer.Ordinal);

    /// <summary>Null where no connector needs it.</summary>
    public CredentialTarget? Find(CredentialSlot slot) =>
        Manifest(slot) is { } manifest
            ? TargetsOf(manifest, slot.Project).FirstOrDefault(target => target.Scheme == slot.Scheme)
            : null;

    /// <summary>The connector of a slot; null where there is none.</summary>
    public ConnectorManifest? Manifest(CredentialSlot slot) =>
        ManifestsOf(slot.Project).FirstOrDefault(manifest => manifest.Name == slot.Connector);

    /// <summary>The set of connectors that serves a slot's connector; null where there is none.</summary>
    public IConnectorSet? SetOf(CredentialSlot slot) => slot.Project is { } project ? projects.Find(project) : folder;

    private IEnumerable<ConnectorManifest> ManifestsOf(string? project) =>
        project is null
            ? folder.Folder.Connectors.Select(connector => connector.Manifest)
            : (projects.Find(project)?.Installed ?? []).Select(one => one.Manifest).OfType<ConnectorManifest>();

    private IReadOnlyList<CredentialTarget> TargetsOf(ConnectorManifest manifest, string? project) =>
        _targets.GetValue(manifest, known => CredentialTargets.Of(known, project));
}
