using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Registry;
using McpRuntime.Http.Replicas;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Http.Connectors;

/// <summary>
/// The connectors of the folder, without those that were disabled: at any replica, and until they are enabled again.
/// </summary>
internal sealed class FolderConnectors : IConnectorSet, IHostedService, IDisposable
{
    private readonly ConnectorRegistry _registry;
    private readonly SwitchTable _switches;
    private readonly ReplicaMessages _messages;
    private readonly Replica _replica;
    private readonly string _folder;
    private readonly Lock _changing = new();
    private readonly List<IDisposable> _following;
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IReadOnlySet<string>? _disabled;
    private volatile ServedConnectors _current = ServedConnectors.None;

    public FolderConnectors(
        ConnectorRegistry registry,
        RuntimeSettings settings,
        SwitchTable switches,
        ReplicaMessages messages,
        Replica replica
    )
    {
        _folder = settings.ConnectorsFolder;
        _registry = registry;
        _switches = switches;
        _messages = messages;
        _replica = replica;
        registry.Changed += OnChanged;
        _following =
        [
            messages.On(ReplicaTopics.Switches, (_, cancellationToken) => FollowSwitchesAsync(cancellationToken)),
            messages.On(ReplicaTopics.Reload, FollowReloadAsync),
        ];
    }

    public event Action? Changed;

    public string? Project => null;

    public ServedConnectors Current => _current;

    public Task Loaded => _loaded.Task;

    /// <summary>All that the folder holds, disabled ones included.</summary>
    public ConnectorSnapshot Folder => _registry.Current;

    /// <summary>Files of the folder that are not served.</summary>
    public IReadOnlyList<BrokenManifest> Broken => BrokenManifests.Of(_registry.Current, _folder);

    public bool IsDisabled(string connector) => _disabled?.Contains(connector) == true;

    /// <summary>Nothing is served before it is known what is disabled.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _disabled = await _switches.DisabledAsync(cancellationToken);
        _ = LoadAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Disables or enables a connector at all replicas; false when it already was.</summary>
    public async Task<bool> SwitchAsync(string connector, bool enabled, CancellationToken cancellationToken)
    {
        if (!await _switches.SetAsync(connector, enabled, cancellationToken))
            return false;
        await _messages.SendAsync(ReplicaTopics.Switches, connector, cancellationToken);
        return true;
    }

    // The folder is the operator's own.
    public AddressPolicy? AddressesOf(ConnectorManifest connector) => null;

    /// <summary>Looks at the folder now, and lets the other replicas look at theirs.</summary>
    /// <returns>What this one found.</returns>
    public async Task<ConnectorSnapshot> ReloadAsync(CancellationToken cancellationToken)
    {
        var snapshot = await _registry.ReloadAsync(cancellationToken);
        await _messages.SendAsync(ReplicaTopics.Reload, _replica.Id, cancellationToken);
        return snapshot;
    }

    public void Dispose()
    {
        _registry.Changed -= OnChanged;
        _following.ForEach(following => following.Dispose());
    }

    private async Task FollowSwitchesAsync(CancellationToken cancellationToken)
    {
        var disabled = await _switches.DisabledAsync(cancellationToken);
        if (_disabled?.SetEquals(disabled) == true)
            return;
        lock (_changing)
        {
            _disabled = disabled;
            Publish();
        }
        Changed?.Invoke();
    }

    private Task FollowReloadAsync(string replica, CancellationToken cancellationToken) =>
        replica == _replica.Id ? Task.CompletedTask : _registry.ReloadAsync(cancellationToken);

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
        if (_disabled is not { } disabled)
            return;
        var snapshot = _registry.Current;
        var tools =
            disabled.Count == 0
                ? snapshot.Tools
                : snapshot.Tools.Where(tool => !disabled.Contains(tool.Connector.Name));
        _current = new ServedConnectors(
            [
                .. snapshot
                    .Connectors.Select(connector => connector.Manifest)
                    .Where(manifest => !disabled.Contains(manifest.Name)),
            ],
            tools
        );
    }
}
