namespace McpRuntime.Http.Projects;

/// <summary>A connector that was installed in a project.</summary>
/// <param name="Project">Name of the project.</param>
/// <param name="Name">Name of the connector; the same as in the manifest.</param>
/// <param name="Manifest">The manifest as YAML.</param>
/// <param name="Enabled">It is served.</param>
/// <param name="Tools">Globs of tools that are served; all without any.</param>
/// <param name="ReadOnly">Only read-only tools are served.</param>
/// <param name="PrivateNetworks">It may reach the networks that the operator allows, not only public addresses.</param>
/// <param name="Created">When it was installed.</param>
/// <param name="Updated">When it was last changed.</param>
/// <param name="Number">Counts its changes.</param>
internal sealed record ProjectConnector(
    string Project,
    string Name,
    string Manifest,
    bool Enabled,
    IReadOnlyList<string> Tools,
    bool ReadOnly,
    bool PrivateNetworks,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    long Number
)
{
    /// <summary>
    /// Hosts within the operator's networks that it may reach; see <see cref="InternalHosts"/>.
    /// </summary>
    public IReadOnlyList<string> PrivateHosts { get; init; } = [];

    /// <summary>Its tools were chosen by name at the import: the next import takes the same ones.</summary>
    public bool IsChoice { get; init; }

    /// <summary>See <see cref="Projects.Version"/>.</summary>
    public Version Version => new(Number, Created);

    /// <summary>One that is not stored yet.</summary>
    public static ProjectConnector New(string project, string name, string manifest) =>
        new(project, name, manifest, Enabled: true, [], ReadOnly: false, PrivateNetworks: false, default, default, 0);
}
