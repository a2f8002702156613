using System.Collections.Concurrent;
using System.Data.Common;
using McpRuntime.Configuration;
using McpRuntime.Connectors.Compiled;
using McpRuntime.Connectors.Registry;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Replicas;

namespace McpRuntime.Http.Projects;

/// <summary>
/// The projects as they are served. Other gateways of one database say what they change; one that was killed before it
/// could is followed by looking at the database now and then.
/// </summary>
internal sealed class ProjectTable(
    ProjectStore store,
    ConnectorStore connectorStore,
    TimeProvider time,
    RuntimeSettings settings,
    CompiledManifests compiled,
    ReplicaMessages messages,
    ILogger<ProjectTable> logger
) : IHostedService, IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, ProjectConnectors> _projects = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly FollowedLock? _lock = settings.LockFile is { } file
        ? new FollowedLock(file, settings.LockStartFile)
        : null;
    private ITimer? _timer;
    private IDisposable? _following;
    private string _stamp = "";

    /// <summary>A project is gone; one that is made again under its name is another.</summary>
    public event Action<ProjectConnectors>? Removed;

    public IReadOnlyCollection<string> Names => [.. _projects.Keys];

    public ProjectConnectors? Find(string name) => _projects.GetValueOrDefault(name);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _following = messages.On(ReplicaTopics.Connectors, (_, cancelled) => RefreshAsync(cancelled));
        _timer = time.CreateTimer(_ => _ = LookAsync(), null, LookEvery, LookEvery);
        return RefreshAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _following?.Dispose();
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Serves what the database has now, and lets the other replicas do so.</summary>
    public async Task ChangedAsync(string project, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await messages.SendAsync(ReplicaTopics.Connectors, project, cancellationToken);
    }

    /// <summary>Serves what the database has now.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var stamp = await store.StampAsync(cancellationToken);
            // All is compared anew, also at the next look where this one fails.
            if (_lock?.Update() == true)
                _stamp = "";
            if (stamp == _stamp)
                return;
            var projects = new Dictionary<string, Project>(StringComparer.Ordinal);
            for (var after = ""; ; )
            {
                var page = await store.ListAsync(after, 500, cancellationToken);
                foreach (var project in page)
                    projects[project.Name] = project;
                if (page.Count < 500)
                    break;
                after = page[^1].Name;
            }
            var connectors = (await connectorStore.ListAsync(null, cancellationToken)).ToLookup(
                row => row.Project,
                StringComparer.Ordinal
            );
            foreach (var (name, served) in _projects)
            {
                if (
                    !(projects.TryGetValue(name, out var project) && project.Created == served.Created)
                    && _projects.TryRemove(name, out _)
                )
                {
                    served.Update([]);
                    Removed?.Invoke(served);
                }
            }
            foreach (var (name, project) in projects)
            {
                var served = _projects.GetOrAdd(name, _ => new ProjectConnectors(
                    name,
                    project.Created,
                    settings,
                    compiled,
                    _lock,
                    logger
                ));
                served.Expose = project.Expose;
                served.Update([.. connectors[name]]);
            }
            _stamp = stamp;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task LookAsync()
    {
        // Looks must not pile up behind one that a database keeps waiting.
        if (_turn.CurrentCount == 0)
            return;
        try
        {
            await RefreshAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // What is served stays served.
            logger.LogWarning(exception, "Database unavailable; changes of projects are not seen.");
        }
    }
}
