using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Compiled;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Connectors;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.Validation;

namespace McpRuntime.Http.Projects;

/// <summary>What one project serves.</summary>
/// <param name="project">Its name.</param>
/// <param name="created">When it was made: one that is made again under the name is another.</param>
/// <param name="settings">The networks that the operator allows.</param>
/// <param name="compiled">Manifests that were read before.</param>
/// <param name="logger">Gets what cannot be served.</param>
internal sealed class ProjectConnectors(
    string project,
    DateTimeOffset created,
    RuntimeSettings settings,
    CompiledManifests compiled,
    ILogger logger
) : IConnectorSet
{
    // Read by requests while a refresh writes it: a nullable enumeration is not written at once.
    private volatile object? _expose;
    private Dictionary<string, ReadManifest> _read = [];
    private volatile ServedConnectors _current = ServedConnectors.None;
    private volatile IReadOnlyList<NotServed> _notServed = [];
    private volatile IReadOnlyList<Installed> _installed = [];

    // By reference: a manifest that is read again under other rules is another one.
    private volatile Dictionary<ConnectorManifest, AddressPolicy> _addresses = [];

    public event Action? Changed;

    public string? Project => project;

    public DateTimeOffset Created => created;

    /// <inheritdoc cref="Projects.Project.Expose"/>
    public ToolExposure? Expose
    {
        get => (ToolExposure?)_expose;
        set => _expose = value;
    }

    /// <summary>What is installed and not served, and why.</summary>
    public IReadOnlyList<NotServed> NotServed => _notServed;

    /// <summary>All that is installed, by name.</summary>
    public IReadOnlyList<Installed> Installed => _installed;

    public ServedConnectors Current => _current;

    public Task Loaded => Task.CompletedTask;

    // One that is not served any more may still be in a call that began before.
    public AddressPolicy? AddressesOf(ConnectorManifest connector) =>
        _addresses.GetValueOrDefault(connector, AddressPolicy.PublicOnly);

    /// <summary>Serves what the database has now; by one thread at a time.</summary>
    public void Update(IReadOnlyList<ProjectConnector> rows)
    {
        // A manifest that did not change stays the same object, and so do its tools and their plans.
        var read = new Dictionary<string, ReadManifest>(StringComparer.Ordinal);
        var notServed = new List<NotServed>();
        foreach (var row in rows)
        {
            if (
                _read.TryGetValue(row.Name, out var known)
                && known.Text == row.Manifest
                && known.Addresses.Equals(InternalHosts.PolicyOf(settings, row))
            )
                read[row.Name] = known;
            else if (
                compiled.Read(Encoding.UTF8.GetBytes(row.Manifest), row.Name) is var result
                && result.Manifest is { } manifest
            )
                read[row.Name] = new ReadManifest(row.Manifest, InternalHosts.PolicyOf(settings, row), manifest);
            else
                notServed.Add(Invalid(row.Name, result.Findings));
            if (!row.Enabled)
                notServed.Add(new NotServed(row.Name, "disabled"));
        }
        compiled.Keep();
        _read = read;
        _notServed = notServed;
        _installed =
        [
            .. rows.Select(row => new Installed(row.Name, row.Version, read.GetValueOrDefault(row.Name)?.Manifest)),
        ];
        _addresses = read.Values.ToDictionary(
            one => one.Manifest,
            one => one.Addresses,
            (IEqualityComparer<ConnectorManifest>)ReferenceEqualityComparer.Instance
        );
        var served = rows.Where(row => row.Enabled && read.ContainsKey(row.Name))
            .ToDictionary(row => row.Name, StringComparer.Ordinal);
        var filters = served.Values.ToDictionary(
            row => row.Name,
            row => new ToolFilter(row.Tools, row.ReadOnly),
            StringComparer.Ordinal
        );
        var manifests = served.Keys.Order(StringComparer.Ordinal).Select(name => read[name].Manifest).ToArray();
        var tools = ToolCatalog
            .Create(manifests, _current.Tools)
            .Where(tool => filters[tool.Connector.Name].Allows(tool));
        _current = new ServedConnectors(manifests, tools);
        Changed?.Invoke();
    }

    private NotServed Invalid(string connector, IReadOnlyList<Finding> findings)
    {
        logger.LogError(
            "The connector {Connector} of project {Project} is not served: its manifest is no longer valid.",
            connector,
            project
        );
        return new NotServed(connector, "not served, the manifest is not valid: " + BrokenManifests.Summary(findings));
    }

    private sealed record ReadManifest(string Text, AddressPolicy Addresses, ConnectorManifest Manifest);
}

/// <param name="Connector">Its name.</param>
/// <param name="Why">In words.</param>
internal sealed record NotServed(string Connector, string Why);

/// <param name="Name">Its name.</param>
/// <param name="Version">For conditions of a change.</param>
/// <param name="Manifest">Null where it cannot be read.</param>
internal sealed record Installed(string Name, Version Version, ConnectorManifest? Manifest);
