using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Registry;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Http.Connectors;

/// <summary>The connectors of the folder, without those that were disabled.</summary>
internal sealed class FolderConnectors : IConnectorSet, IDisposable
{
    private readonly ConnectorRegistry _registry;
    private readonly string _folder;
    private readonly Lock _changing = new();
    private readonly HashSet<string> _disabled = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ServedConnectors _current = ServedConnectors.None;

    public FolderConnectors(ConnectorRegistry registry, RuntimeSettings settings)
    {
        _folder = settings.ConnectorsFolder;
        _registry = registry;
        registry.Changed += OnChanged;
        _ = LoadAsync();
    }

    public event Action? Changed;

    public string? Project => null;

    public ServedConnectors Current => _current;

    public Task Loaded => _loaded.Task;

    /// <summary>All that the folder holds, disabled ones included.</summary>
    public ConnectorSnapshot Folder => _registry.Current;

    /// <summary>Files of the folder that are not served.</summary>
    public IReadOnlyList<BrokenManifest> Broken => BrokenManifests.Of(_registry.Current, _folder);

    public bool IsDisabled(string connector)
    {
        lock (_changing)
            return _disabled.Contains(connector);
    }

    /// <summary>Disables or enables a connector; false when it already was.</summary>
    public bool Switch(string connector, bool enabled)
    {
        lock (_changing)
        {
            if (enabled ? !_disabled.Remove(connector) : !_disabled.Add(connector))
                return false;
            Publish();
        }
        Changed?.Invoke();
        return true;
    }

    // The folder is the operator's own.
    public AddressPolicy? AddressesOf(ConnectorManifest connector) => null;

    /// <summary>Looks at the folder now.</summary>
    public Task<ConnectorSnapshot> ReloadAsync(CancellationToken cancellationToken) =>
        _registry.ReloadAsync(cancellationToken);

    public void Dispose() => _registry.Changed -= OnChanged;

    private async Task LoadAsync()
    {
        await _registry.FirstLoad;
        lock (_changing)
            Publish();
        _loaded.TrySetResult();
    }

    private void OnChanged(object? sender, ConnectorsChangedEventArgs change)
    {
        lock (_changing)
            Publish();
        Changed?.Invoke();
    }

    private void Publish()
    {
        var snapshot = _registry.Current;
        var tools =
            _disabled.Count == 0
                ? snapshot.Tools
                : snapshot.Tools.Where(tool => !_disabled.Contains(tool.Connector.Name));
        _current = new ServedConnectors(
            [
                .. snapshot
                    .Connectors.Select(connector => connector.Manifest)
                    .Where(manifest => !_disabled.Contains(manifest.Name)),
            ],
            tools
        );
    }
}
