using System.Text;
using McpRuntime.Connectors;
using McpRuntime.Http.Connectors;
using McpRuntime.Manifests;

namespace McpRuntime.Http.Projects;

/// <summary>What one project serves.</summary>
internal sealed class ProjectConnectors(string project, ILogger logger) : IConnectorSet
{
    private IReadOnlyDictionary<string, (string Text, ConnectorManifest Manifest)> _read = new Dictionary<string, (string, ConnectorManifest)>();
    private volatile ServedConnectors _current = ServedConnectors.None;

    public event Action? Changed;

    public string? Project => project;

    public ServedConnectors Current => _current;

    public Task Loaded => Task.CompletedTask;

    /// <summary>Serves what the database has now; by one thread at a time.</summary>
    public void Update(IReadOnlyList<ProjectConnector> rows)
    {
        // A manifest that did not change stays the same object, and so do its tools and their plans.
        var read = new Dictionary<string, (string Text, ConnectorManifest Manifest)>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (_read.TryGetValue(row.Name, out var known) && known.Text == row.Manifest)
                read[row.Name] = known;
            else if (ManifestReader.Read(Encoding.UTF8.GetBytes(row.Manifest), row.Name) is { Manifest: { } manifest })
                read[row.Name] = (row.Manifest, manifest);
            else
                logger.LogError("The connector {Connector} of project {Project} is not served: its manifest is not valid any more.", row.Name, project);
        }
        _read = read;
        var served = rows.Where(row => row.Enabled && read.ContainsKey(row.Name)).ToDictionary(row => row.Name, StringComparer.Ordinal);
        var filters = served.Values.ToDictionary(row => row.Name, row => new ToolFilter(row.Tools, row.ReadOnly), StringComparer.Ordinal);
        var manifests = served.Keys.Order(StringComparer.Ordinal).Select(name => read[name].Manifest).ToArray();
        var tools = ToolCatalog.Create(manifests, _current.Tools).Where(tool => filters[tool.Connector.Name].Allows(tool));
        _current = new ServedConnectors(manifests, tools);
        Changed?.Invoke();
    }
}
