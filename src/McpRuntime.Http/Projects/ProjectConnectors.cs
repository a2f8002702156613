using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Compiled;
using McpRuntime.Connectors.Registry;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Connectors;
using McpRuntime.Locks;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.Validation;

namespace McpRuntime.Http.Projects;

/// <summary>What one project serves.</summary>
/// <param name="project">Its name.</param>
/// <param name="created">When it was made: one that is made again under the name is another.</param>
/// <param name="settings">The networks that the operator allows.</param>
/// <param name="compiled">Manifests that were read before.</param>
/// <param name="reviewed">The lock that decides which tools are served; null for all.</param>
/// <param name="logger">Gets what cannot be served.</param>
internal sealed class ProjectConnectors(
    string project,
    DateTimeOffset created,
    RuntimeSettings settings,
    CompiledManifests compiled,
    FollowedLock? reviewed,
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
            if (Read(row) is not { } manifest)
                notServed.Add(
                    Invalid(row.Name, compiled.Read(Encoding.UTF8.GetBytes(row.Manifest), row.Name).Findings)
                );
            else
            {
                read[row.Name] = manifest = Checked(manifest);
                if (row.Enabled && manifest.Served is null)
                    notServed.Add(new NotServed(row.Name, "not served, since it is not what was reviewed"));
            }
            if (!row.Enabled)
                notServed.Add(new NotServed(row.Name, "disabled"));
        }
        compiled.Keep();
        _read = read;
        _notServed = notServed;
        _installed =
        [
            .. rows.Select(row =>
                read.TryGetValue(row.Name, out var one)
                    ? new Installed(row.Name, row.Version, one.Manifest) { Check = one.Check }
                    : new Installed(row.Name, row.Version, null)
            ),
        ];
        _addresses = read
            .Values.Where(one => one.Served is not null)
            .ToDictionary(
                one => one.Served!,
                one => one.Addresses,
                (IEqualityComparer<ConnectorManifest>)ReferenceEqualityComparer.Instance
            );
        var served = rows.Where(row => row.Enabled && read.TryGetValue(row.Name, out var one) && one.Served is not null)
            .ToDictionary(row => row.Name, StringComparer.Ordinal);
        var filters = served.Values.ToDictionary(
            row => row.Name,
            row => new ToolFilter(row.Tools, row.ReadOnly),
            StringComparer.Ordinal
        );
        var manifests = served.Keys.Order(StringComparer.Ordinal).Select(name => read[name].Served!).ToArray();
        var tools = ToolCatalog
            .Create(manifests, _current.Tools)
            .Where(tool => filters[tool.Connector.Name].Allows(tool));
        _current = new ServedConnectors(manifests, tools);
        Changed?.Invoke();
    }

    private ReadManifest? Read(ProjectConnector row)
    {
        var addresses = InternalHosts.PolicyOf(settings, row);
        if (
            _read.TryGetValue(row.Name, out var known)
            && known.Text == row.Manifest
            && known.Addresses.Equals(addresses)
        )
            return known;
        return compiled.Read(Encoding.UTF8.GetBytes(row.Manifest), row.Name).Manifest is { } manifest
            ? new ReadManifest(row.Manifest, addresses, manifest)
            : null;
    }

    // Without a lock that can be read nothing was reviewed.
    private ReadManifest Checked(ReadManifest manifest)
    {
        if (reviewed is null || (manifest.Check is not null && ReferenceEquals(manifest.Lock, reviewed.Current)))
            return manifest;
        var check = Compare(manifest.Manifest);
        foreach (var finding in check.Findings)
            logger.LogError("{Rule}: {Message}", finding.RuleId, finding.Message);
        return manifest with { Lock = reviewed.Current, Check = check };
    }

    private LockCheck Compare(ConnectorManifest manifest)
    {
        try
        {
            return reviewed!.Current is { } current
                ? LockCheck.Of(current, manifest, source: null, project)
                : new LockCheck(null, new HashSet<string>(), [], reviewed.Findings);
        }
        catch (FindingsException unreadable)
        {
            return new LockCheck(null, new HashSet<string>(), [], unreadable.Findings);
        }
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

    private sealed record ReadManifest(string Text, AddressPolicy Addresses, ConnectorManifest Manifest)
    {
        /// <summary>The lock that it was compared with.</summary>
        public ToolLock? Lock { get; init; }

        public LockCheck? Check { get; init; }

        /// <summary>Null where nothing of it was reviewed.</summary>
        public ConnectorManifest? Served => Check is null ? Manifest : Check.Allowed;
    }
}

/// <param name="Connector">Its name.</param>
/// <param name="Why">In words.</param>
internal sealed record NotServed(string Connector, string Why);

/// <param name="Name">Its name.</param>
/// <param name="Version">For conditions of a change.</param>
/// <param name="Manifest">Null where it cannot be read.</param>
internal sealed record Installed(string Name, Version Version, ConnectorManifest? Manifest)
{
    /// <summary>What the lock allows of it; null without a lock.</summary>
    public LockCheck? Check { get; init; }
}
