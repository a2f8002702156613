using McpRuntime.Http.Calls;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.LiveView;
using McpRuntime.Http.Mcp;
using McpRuntime.Http.Projects;
using McpRuntime.Http.Replicas;
using McpRuntime.Http.Storage;
using McpRuntime.Server;

namespace McpRuntime.Http.RuntimeControl;

/// <summary>Says each second that this replica is there and what it does, and learns who else is.</summary>
internal sealed class ReplicaBeat(
    ReplicaTable table,
    LiveReplicas replicas,
    Replica replica,
    GatewayState state,
    SessionTable sessions,
    CallMetrics calls,
    FolderConnectors folder,
    ProjectTable projects,
    LiveViewers viewers,
    ReplicaMessages messages,
    Database database,
    TimeProvider time,
    ILogger<ReplicaBeat> logger
) : IHostedService, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IDisposable? _following;
    private Task _running = Task.CompletedTask;

    /// <summary>This replica now.</summary>
    public ReplicaState Own =>
        new(
            replica.Id,
            state.Started,
            ServerIdentity.Version,
            state.IsDraining,
            sessions.Count,
            calls.Active,
            folder.Current.Connectors.Count
                + projects.Names.Sum(name => projects.Find(name)?.Current.Connectors.Count ?? 0),
            viewers.Count
        )
        {
            Seen = time.GetUtcNow(),
        };

    /// <summary>All replicas, this one as it is now.</summary>
    public IReadOnlyList<ReplicaState> All =>
        [.. replicas.Others.Append(Own).OrderBy(one => one.Id, StringComparer.Ordinal)];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!database.IsPostgres)
            return;
        await LookAsync();
        _following = messages.On(ReplicaTopics.Viewers, FollowAsync);
        viewers.Changed += OnViewers;
        _running = Task.Run(BeatAsync, _stopping.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!database.IsPostgres)
            return;
        viewers.Changed -= OnViewers;
        _following?.Dispose();
        try
        {
            await DatabaseOutage.WithinAsync(
                QueryLimit,
                async limit =>
                {
                    await table.RemoveAsync(replica.Id, limit);
                    return true;
                },
                cancellationToken
            );
        }
        catch (Exception exception) when (DatabaseOutage.IsCause(exception))
        {
            // The others notice by its silence.
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _turn.Dispose();
    }

    // Viewers are not to wait for the next second until the others begin to tell.
    private void OnViewers() => _ = Task.Run(TellOfViewersAsync);

    private async Task TellOfViewersAsync()
    {
        try
        {
            // First what the others will look for.
            await LookAsync();
            await messages.SendAsync(ReplicaTopics.Viewers, replica.Id, CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseOutage.IsCause(exception))
        {
            // The next second tells, if any does.
        }
    }

    private Task FollowAsync(string key, CancellationToken cancellationToken) => LookAsync();

    private async Task LookAsync()
    {
        await _turn.WaitAsync(_stopping.Token);
        try
        {
            replicas.Set(
                await DatabaseOutage.WithinAsync(QueryLimit, limit => table.BeatAsync(Own, limit), _stopping.Token)
            );
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task BeatAsync()
    {
        var pause = Every;
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await LookAsync();
                pause = Every;
            }
            catch (Exception exception) when (DatabaseOutage.IsCause(exception))
            {
                // What was known stays: without the database there is no reason to think that others are gone.
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "The list of replicas cannot be followed.");
                pause = LongestPause;
            }
        }
    }
}
